-- What analysts read; small, so a copy on each node, but for customers.

-- grain: a day and a category   key: date_key, category   invariant: gross_amount of a day = fact_sales.amount
create table if not exists marts.daily_sales (
    date_key date not null,
    category varchar(44) not null,
    orders bigint not null,
    order_lines bigint not null,
    units bigint not null,
    gross_amount decimal(38, 2) not null,
    net_amount decimal(38, 2) not null,
    discount_amount decimal(38, 2) not null,
    primary key (date_key, category)
)
diststyle all
sortkey (date_key);

-- grain: a month and a category   key: month_start, category   invariant: net_amount of a month = that of its days
create table if not exists marts.yearly_growth (
    month_start date not null,
    category varchar(44) not null,
    net_amount decimal(38, 2) not null,
    -- Null without sales a year before.
    net_amount_year_before decimal(38, 2),
    growth decimal(18, 4),
    primary key (month_start, category)
)
diststyle all
sortkey (month_start);

-- grain: a customer who ordered   key: customer_id   invariant: net_amount = that in fact_sales
create table if not exists marts.customer_lifetime_value (
    customer_id varchar(36) not null,
    segment varchar(32),
    loyalty_tier varchar(32),
    first_ordered_on date not null,
    last_ordered_on date not null,
    orders bigint not null,
    units bigint not null,
    net_amount decimal(38, 2) not null,
    average_order_amount decimal(38, 2) not null,
    primary key (customer_id)
)
diststyle key
distkey (customer_id)
sortkey (customer_id);

-- grain: a day, a traffic source and a device   key: date_key, traffic_source, device   invariant: sum(events) of a day
-- = rows of core.fact_web_events
create table if not exists marts.conversion_funnel (
    date_key date not null,
    traffic_source varchar(24) not null,
    device varchar(28) not null,
    events bigint not null,
    -- Sessions of the day with at least one event of the kind.
    sessions bigint not null,
    product_views bigint not null,
    carts bigint not null,
    checkouts bigint not null,
    purchases bigint not null,
    primary key (date_key, traffic_source, device)
)
diststyle all
sortkey (date_key);

-- grain: a product that was counted   key: product_id   invariant: on_hand = sum over warehouses at its latest snapshot
create table if not exists marts.stock_cover (
    product_id varchar(28) not null,
    counted_on date not null,
    on_hand bigint not null,
    available bigint not null,
    -- In the 28 days to counted_on, without what was cancelled or returned.
    units_sold bigint not null,
    -- Null when nothing was sold: it lasts for ever.
    days_of_cover decimal(18, 1),
    is_below_reorder_level boolean not null,
    primary key (product_id)
)
diststyle all
sortkey (product_id);
