-- grain: a place that is delivered to   key: geography_key   invariant: one row per country, state, city and
-- postal_code
create table if not exists core.dim_geography (
    geography_key bigint not null,
    country varchar(8) not null,
    state varchar(12) not null,
    city varchar(400) not null,
    postal_code varchar(16) not null,
    primary key (geography_key)
)
diststyle all
sortkey (country, state, city, postal_code);

-- grain: a day of a year that a fact falls into   key: date_key   invariant: a year is there with all its days or not
-- at all
create table if not exists core.dim_date (
    date_key date not null,
    year smallint not null,
    quarter smallint not null,
    month smallint not null,
    month_name varchar(9) not null,
    week smallint not null,
    day_of_month smallint not null,
    day_of_week smallint not null,
    day_name varchar(9) not null,
    is_weekend boolean not null,
    month_start date not null,
    quarter_start date not null,
    primary key (date_key)
)
diststyle all
sortkey (date_key);
