-- Who has a role gets it from the tag RedshiftDbRoles of its IAM role; none of them has a password.
grant usage on schema "raw" to role assay_loader;
grant usage on schema staging to role assay_loader;
grant select, insert, update, delete on all tables in schema "raw" to role assay_loader;
grant select, insert, update, delete on all tables in schema staging to role assay_loader;
grant usage on schema staging to role assay_refresher;
grant usage on schema core to role assay_refresher;
grant usage on schema marts to role assay_refresher;
grant select on all tables in schema staging to role assay_refresher;
grant select, insert, update, delete on all tables in schema core to role assay_refresher;
grant select, insert, update, delete on all tables in schema marts to role assay_refresher;
grant execute on all procedures in schema core to role assay_refresher;
-- A permission of the system, which the linter's grammar does not know.
-- noqa: disable=PRS
grant analyze to role assay_refresher;
-- noqa: enable=PRS
grant usage on schema staging to role assay_reader;
grant usage on schema core to role assay_reader;
grant usage on schema marts to role assay_reader;
grant select on all tables in schema staging to role assay_reader;
grant select on all tables in schema core to role assay_reader;
grant select on all tables in schema marts to role assay_reader;
