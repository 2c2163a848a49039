-- The database, the warehouses and the way to the lake. Run all files in order, as often as wanted:
--   snow sql -f sql/snowflake/01_database.sql -D lake_path=… -D lake_role_arn=…
-- <% … %> are the Snowflake command line's variables: properties of objects cannot be session variables.
--   lake_path      where copies of files wait to be loaded: the silver bucket and /_work/snowflake, no slash at its end
--   lake_role_arn  the role in AWS that Snowflake takes on to read there, and nothing else
-- Invariant: a second run changes nothing; what `if not exists` would keep is set again by `alter`.

use role sysadmin;

create database if not exists assay comment = 'Files of partners: raw, cleaned, modelled';

-- Grants on what lies in them are the schema owner's to give, not each object's maker's.
create schema if not exists assay.raw with managed access comment = 'Rows as they were in the files';
create schema if not exists assay.staging with managed access comment = 'One row a key, cleaned and typed';
create schema if not exists assay.marts with managed access comment = 'What analysts read';

-- One warehouse a role, so that none waits for another and each one's cost is seen. The smallest size loads a day of
-- files in seconds; a minute without a statement suspends it, and a minute is what a start costs at least.
create warehouse if not exists assay_loading
warehouse_size = xsmall auto_suspend = 60 auto_resume = true initially_suspended = true;
create warehouse if not exists assay_transforming
warehouse_size = xsmall auto_suspend = 60 auto_resume = true initially_suspended = true;
create warehouse if not exists assay_reading
warehouse_size = xsmall auto_suspend = 60 auto_resume = true initially_suspended = true;

-- A statement that hangs shall not run for Snowflake's two days: a load takes seconds, a full rebuild minutes.
alter warehouse assay_loading set statement_timeout_in_seconds = 600;
alter warehouse assay_transforming set statement_timeout_in_seconds = 3600;
alter warehouse assay_reading set statement_timeout_in_seconds = 600;

-- Both can be created by the account's administrator only.
use role accountadmin;

create resource monitor if not exists assay_monthly
with credit_quota = 20 frequency = monthly start_timestamp = immediately
triggers on 80 percent do notify on 100 percent do suspend;
alter warehouse assay_loading set resource_monitor = assay_monthly;
alter warehouse assay_transforming set resource_monitor = assay_monthly;
alter warehouse assay_reading set resource_monitor = assay_monthly;

-- Reads one place in S3 by a role in AWS: no key of AWS is in Snowflake. After the first run,
-- `describe integration assay_lake` says which user of Snowflake's and which external id that role has to trust.
create storage integration if not exists assay_lake
type = external_stage
storage_provider = 's3'
enabled = true
storage_aws_role_arn = '<% lake_role_arn %>'
storage_allowed_locations = ('s3://<% lake_path %>/');
alter storage integration assay_lake set
storage_aws_role_arn = '<% lake_role_arn %>'
storage_allowed_locations = ('s3://<% lake_path %>/');
grant usage on integration assay_lake to role sysadmin;

use role sysadmin;

create stage if not exists assay.raw.lake
    url = 's3://<% lake_path %>/'
    storage_integration = assay_lake;
alter stage assay.raw.lake set
    url = 's3://<% lake_path %>/'
    storage_integration = assay_lake;
