-- Sorted by day, which nearly every query restricts.

-- grain: an order line   key: order_id, line_number   invariant: sum(amount) of a day = sum(line_amount) of its
-- published order items
-- By customer, so that the largest dimension is joined where it lies.
create table if not exists core.fact_sales (
    order_id varchar(40) not null,
    line_number integer not null,
    date_key date not null,
    ordered_at timestamp not null,
    customer_key bigint not null,
    product_key bigint not null,
    geography_key bigint not null,
    -- Null as long as the order has not come.
    order_status varchar(36),
    channel varchar(20),
    payment_method varchar(32),
    quantity integer not null,
    unit_price decimal(18, 2) not null,
    discount_amount decimal(18, 2) not null,
    amount decimal(18, 2) not null,
    -- The amount, or 0 of an order that was cancelled or returned.
    net_amount decimal(18, 2) not null,
    primary key (order_id, line_number)
)
diststyle key
distkey (customer_key)
sortkey (date_key);

-- grain: an event   key: event_id   invariant: as many rows as staging.web_events has
-- By session: most visitors have no customer_key, and would all lie on one node.
create table if not exists core.fact_web_events (
    event_id varchar(48) not null,
    session_id varchar(44) not null,
    date_key date not null,
    occurred_at timestamp not null,
    customer_key bigint not null,
    product_key bigint not null,
    event_type varchar(48) not null,
    order_id varchar(40),
    device varchar(28) not null,
    traffic_source varchar(24) not null,
    page_path varchar(2000) not null,
    primary key (event_id)
)
diststyle key
distkey (session_id)
sortkey (date_key);

-- grain: a product in a warehouse at the end of a day (a snapshot: it does not add up over days)   key: date_key,
-- product_id, warehouse_code
-- invariant: available = on_hand - reserved; as many rows as staging.inventory has
create table if not exists core.fact_inventory (
    date_key date not null,
    product_id varchar(28) not null,
    warehouse_code varchar(12) not null,
    product_key bigint not null,
    on_hand integer not null,
    reserved integer not null,
    available integer not null,
    reorder_level integer not null,
    primary key (date_key, product_id, warehouse_code)
)
diststyle key
distkey (product_id)
sortkey (date_key);
