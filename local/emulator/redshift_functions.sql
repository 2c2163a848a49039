-- Redshift's other functions where PostgreSQL has none or one that means something else; read after redshift_dates.sql.
create or replace function redshift.len(string text) returns integer immutable language sql return length(string);
create or replace function redshift.charindex(part text, string text) returns integer immutable language sql
    return strpos(string, part);
create or replace function redshift.regexp_replace(string text, pattern text, new text) returns text immutable language sql
    return pg_catalog.regexp_replace(string, pattern, new, 'g');
create or replace function redshift.regexp_substr(string text, pattern text) returns text immutable language sql
    return case when string is not null then coalesce(pg_catalog.regexp_substr(string, pattern), '') end;
-- Base 16 alone, and 15 digits, which is what a bigint surely holds: longer strings fail in the cast.
create or replace function redshift.strtol(digits text, base integer) returns bigint immutable language sql
    return case when base = 16 and length(digits) <= 15 then cast(cast('x' || lpad(digits, 16, '0') as bit(64)) as bigint)
        else cast('strtol here takes up to 15 digits of base 16, not ' || digits as bigint) end;
create or replace function redshift.sha2(string text, bits integer) returns text immutable language sql
    return encode(case bits when 224 then sha224(convert_to(string, 'UTF8')) when 384 then sha384(convert_to(string, 'UTF8'))
        when 512 then sha512(convert_to(string, 'UTF8')) else sha256(convert_to(string, 'UTF8')) end, 'hex');
create or replace function redshift.round(x double precision, n integer) returns double precision immutable language sql
    return cast(pg_catalog.round(cast(x as numeric), n) as double precision);
create or replace function redshift.pg_last_copy_count() returns bigint stable language sql
    return cast(coalesce(current_setting('assay.copied', true), '0') as bigint);
-- Integers stay integers; avg(x) is written as avg(avg(x), min(x)): the second argument says of which type x is.
create or replace aggregate redshift.sum(bigint) (sfunc = int8pl, stype = bigint, combinefunc = int8pl, parallel = safe);
create or replace function redshift.avg(mean numeric, x bigint) returns bigint immutable language sql
    return cast(trunc(mean) as bigint);
create or replace function redshift.avg(mean numeric, x integer) returns bigint immutable language sql
    return cast(trunc(mean) as bigint);
create or replace function redshift.avg(mean numeric, x smallint) returns bigint immutable language sql
    return cast(trunc(mean) as bigint);
create or replace function redshift.avg(mean numeric, x numeric) returns numeric immutable language sql return mean;
create or replace function redshift.avg(mean double precision, x double precision) returns double precision immutable
    language sql return mean;
-- One that is not declared safe would keep the whole query that calls it on one processor.
do $$ declare one regprocedure; begin
    for one in select oid from pg_proc where pronamespace = cast('redshift' as regnamespace) and prokind = 'f' loop
        execute format('alter function %s parallel safe', one);
    end loop;
end $$;
