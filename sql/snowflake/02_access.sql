-- Who may do what: three roles that share nothing, and one user of a service for each.
--   snow sql -f sql/snowflake/02_access.sql -D loader_public_key=… -D transformer_public_key=… -D reader_public_key=…
--     -D allowed_addresses=…
--   *_public_key       RSA, 2048 bits or more: the lines of the PEM file between its first and its last, joined
--   allowed_addresses  where the services come from, in CIDR notation: the NAT gateway's address
-- Users of type service have no password and cannot get one; a key is rotated by rsa_public_key_2 and this file again.
-- Invariant: a second run changes nothing but the keys. Needs 01; 03's tables are granted by `future`.

use role securityadmin;

create network policy if not exists assay_services allowed_ip_list = ('<% allowed_addresses %>');
alter network policy assay_services set allowed_ip_list = ('<% allowed_addresses %>');

use role useradmin;

create role if not exists assay_loader comment = 'Copies files into RAW';
create role if not exists assay_transformer comment = 'Reads RAW, makes STAGING and MARTS';
create role if not exists assay_reader comment = 'Reads all, changes nothing';

create user if not exists assay_loader_user type = service;
create user if not exists assay_transformer_user type = service;
create user if not exists assay_reader_user type = service;

use role securityadmin;

-- What these roles make stays in the administrator's reach.
grant role assay_loader to role sysadmin;
grant role assay_transformer to role sysadmin;
grant role assay_reader to role sysadmin;
grant role assay_loader to user assay_loader_user;
grant role assay_transformer to user assay_transformer_user;
grant role assay_reader to user assay_reader_user;

alter user assay_loader_user set
default_role = assay_loader default_warehouse = assay_loading
network_policy = assay_services rsa_public_key = '<% loader_public_key %>';
alter user assay_transformer_user set
default_role = assay_transformer default_warehouse = assay_transforming
network_policy = assay_services rsa_public_key = '<% transformer_public_key %>';
alter user assay_reader_user set
default_role = assay_reader default_warehouse = assay_reading
network_policy = assay_services rsa_public_key = '<% reader_public_key %>';

grant usage on warehouse assay_loading to role assay_loader;
grant usage on warehouse assay_transforming to role assay_transformer;
grant usage on warehouse assay_reading to role assay_reader;
grant usage on database assay to role assay_loader;
grant usage on database assay to role assay_transformer;
grant usage on database assay to role assay_reader;

-- Loader: adds rows; deletes those of a file that is replayed, and so has to see which they are. No update.
grant usage on schema assay.raw to role assay_loader;
grant usage on stage assay.raw.lake to role assay_loader;
grant select, insert, delete on all tables in schema assay.raw to role assay_loader;
grant select, insert, delete on future tables in schema assay.raw to role assay_loader;

-- Transformer: changes nothing of RAW; owns what it makes in the two others.
grant usage on schema assay.raw to role assay_transformer;
grant select on all tables in schema assay.raw to role assay_transformer;
grant select on future tables in schema assay.raw to role assay_transformer;
grant usage, create table, create view on schema assay.staging to role assay_transformer;
grant usage, create table, create view on schema assay.marts to role assay_transformer;

-- Reader: all of it, and changes nothing. Analysts and dashboards get a role of their own on the marts alone.
grant usage on schema assay.raw to role assay_reader;
grant select on all tables in schema assay.raw to role assay_reader;
grant select on future tables in schema assay.raw to role assay_reader;
grant usage on schema assay.staging to role assay_reader;
grant select on all tables in schema assay.staging to role assay_reader;
grant select on future tables in schema assay.staging to role assay_reader;
grant select on all views in schema assay.staging to role assay_reader;
grant select on future views in schema assay.staging to role assay_reader;
grant usage on schema assay.marts to role assay_reader;
grant select on all tables in schema assay.marts to role assay_reader;
grant select on future tables in schema assay.marts to role assay_reader;
grant select on all views in schema assay.marts to role assay_reader;
grant select on future views in schema assay.marts to role assay_reader;
