-- Redshift's functions of dates and times where PostgreSQL has none or one that means something else.
create schema if not exists redshift;
create or replace function redshift.getdate() returns timestamp stable language sql
    return date_trunc('second', cast(statement_timestamp() as timestamp));
create or replace function redshift.sysdate() returns timestamp stable language sql
    return cast(transaction_timestamp() as timestamp);
create or replace function redshift.span(part text) returns interval immutable language sql
    return case part
        when 'year' then interval '1 year' when 'quarter' then interval '3 months' when 'month' then interval '1 month'
        when 'week' then interval '7 days' when 'day' then interval '1 day' when 'hour' then interval '1 hour'
        when 'minute' then interval '1 minute' when 'second' then interval '1 second'
        when 'millisecond' then interval '1 millisecond' when 'microsecond' then interval '1 microsecond' end;
create or replace function redshift.dateadd(part text, n bigint, at timestamp) returns timestamp immutable language sql
    return at + n * redshift.span(part);
create or replace function redshift.dateadd(part text, n bigint, at date) returns timestamp immutable language sql
    return cast(at as timestamp) + n * redshift.span(part);
create or replace function redshift.dateadd(part text, n bigint, at timestamptz) returns timestamptz stable language sql
    return at + n * redshift.span(part);
-- The boundaries crossed, not the time elapsed: one year lies between 31 December and 1 January.
create or replace function redshift.datediff(part text, a timestamp, b timestamp) returns bigint immutable language sql
    return case part
        when 'year' then cast(extract(year from b) - extract(year from a) as bigint)
        when 'quarter' then cast((extract(year from b) - extract(year from a)) * 4
            + extract(quarter from b) - extract(quarter from a) as bigint)
        when 'month' then cast((extract(year from b) - extract(year from a)) * 12
            + extract(month from b) - extract(month from a) as bigint)
        when 'day' then cast(cast(b as date) - cast(a as date) as bigint)
        when 'hour' then cast(extract(epoch from date_trunc('hour', b) - date_trunc('hour', a)) / 3600 as bigint)
        when 'minute' then cast(extract(epoch from date_trunc('minute', b) - date_trunc('minute', a)) / 60 as bigint)
        when 'second' then cast(extract(epoch from date_trunc('second', b) - date_trunc('second', a)) as bigint)
        when 'millisecond' then cast(extract(epoch from date_trunc('millisecond', b) - date_trunc('millisecond', a)) * 1000 as bigint)
        when 'microsecond' then cast(extract(epoch from b - a) * 1000000 as bigint) end;
create or replace function redshift.datediff(part text, a timestamptz, b timestamptz) returns bigint stable language sql
    return redshift.datediff(part, cast(a as timestamp), cast(b as timestamp));
create or replace function redshift.datediff(part text, a date, b date) returns bigint immutable language sql
    return redshift.datediff(part, cast(a as timestamp), cast(b as timestamp));
create or replace function redshift.date_trunc(part text, at date) returns timestamp immutable language sql
    return date_trunc(part, cast(at as timestamp));
create or replace function redshift.trunc(at timestamp) returns date immutable language sql return cast(at as date);
create or replace function redshift.last_day(at timestamp) returns date immutable language sql
    return cast(date_trunc('month', at) + interval '1 month' - interval '1 day' as date);
create or replace function redshift.last_day(at timestamptz) returns date stable language sql
    return redshift.last_day(cast(at as timestamp));
-- The last day of a month stays the last day, which dateadd does not promise.
create or replace function redshift.add_months(at timestamp, n bigint) returns timestamp immutable language sql
    return case when cast(at as date) = redshift.last_day(at)
        then redshift.last_day(at + n * interval '1 month') + cast(at as time) else at + n * interval '1 month' end;
create or replace function redshift.convert_timezone(source text, target text, at timestamp) returns timestamp immutable
    language sql return (at at time zone source) at time zone target;
create or replace function redshift.convert_timezone(target text, at timestamp) returns timestamp immutable
    language sql return (at at time zone 'UTC') at time zone target;
