-- Surrogate keys are made of the business key and valid_from, so that any order of arrival gives the same ones; -1 is
-- the member for "none".
-- Small and joined by every query: a copy on each node (diststyle all), but for customers, which lie with their sales.

-- grain: a state of a customer, from valid_from (inclusive) to valid_to (exclusive), in UTC   key: customer_key
-- invariant: a customer's first state is valid from the beginning of time, the last to its end, and each begins where
-- the one before ends
create table if not exists core.dim_customer (
    customer_key bigint not null,
    customer_id varchar(36) not null,
    valid_from timestamp not null,
    valid_to timestamp not null,
    is_current boolean not null,
    is_inferred boolean not null,
    first_name varchar(400),
    last_name varchar(400),
    email varchar(1020),
    birth_date date,
    gender varchar(24),
    segment varchar(32),
    loyalty_tier varchar(32),
    street varchar(800),
    city varchar(400),
    state varchar(12),
    postal_code varchar(16),
    country varchar(8),
    accepts_marketing boolean,
    registered_on date,
    change_hash char(32) not null,
    primary key (customer_key)
)
diststyle key
distkey (customer_key)
sortkey (customer_id, valid_from);

-- grain: a state of a product, from valid_from (inclusive) to valid_to (exclusive), in UTC   key: product_key
-- invariant: as of core.dim_customer
create table if not exists core.dim_product (
    product_key bigint not null,
    product_id varchar(28) not null,
    valid_from timestamp not null,
    valid_to timestamp not null,
    is_current boolean not null,
    is_inferred boolean not null,
    product_name varchar(800),
    category varchar(44),
    subcategory varchar(400),
    brand varchar(400),
    unit_price decimal(18, 2),
    unit_cost decimal(18, 2),
    weight_grams integer,
    is_active boolean,
    launched_on date,
    change_hash char(32) not null,
    primary key (product_key)
)
diststyle all
sortkey (product_id, valid_from);
