"""What analysts ask, each with parameters that differ from run to run."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from psycopg import Connection
from star_schema import ROOT, rows

Parameters = dict[str, str]
FACT, LOOKUP, GROWTH = "fact", "lookup", "growth"
GOALS = {FACT: 2.0, LOOKUP: 0.05, GROWTH: 10.0}
FIRST_DAY, DAYS = date(2024, 1, 1), 731

BY_CATEGORY = """
select dim_product.category, count(*) as order_lines, sum(fact_sales.net_amount) as net_amount
from core.fact_sales inner join core.dim_product on fact_sales.product_key = dim_product.product_key
where fact_sales.date_key >= cast(:from_day as date) and fact_sales.date_key <= cast(:to_day as date)
group by dim_product.category order by dim_product.category"""
OF_A_PRODUCT = """
select fact_sales.date_key, sum(fact_sales.quantity) as units, sum(fact_sales.net_amount) as net_amount
from core.fact_sales inner join core.dim_product on fact_sales.product_key = dim_product.product_key
where dim_product.product_id = :product_id
and fact_sales.date_key >= cast(:from_day as date) and fact_sales.date_key <= cast(:to_day as date)
group by fact_sales.date_key order by fact_sales.date_key"""
FUNNEL = """
select traffic_source, device, count(distinct session_id) as sessions,
count(distinct case when event_type = 'product_view' then session_id end) as product_views,
count(distinct case when event_type = 'add_to_cart' then session_id end) as carts,
count(distinct case when event_type = 'checkout' then session_id end) as checkouts,
count(distinct case when event_type = 'purchase' then session_id end) as purchases
from core.fact_web_events where date_key >= cast(:from_day as date) and date_key <= cast(:to_day as date)
group by traffic_source, device order by traffic_source, device"""
STOCK = """
select dim_product.category, count(*) as products, sum(fact_inventory.available) as available,
sum(case when fact_inventory.available <= fact_inventory.reorder_level then 1 else 0 end) as below_reorder_level
from core.fact_inventory inner join core.dim_product on fact_inventory.product_key = dim_product.product_key
where fact_inventory.date_key = cast(:day as date) and fact_inventory.warehouse_code = :warehouse
group by dim_product.category order by dim_product.category"""
AS_OF = """
select * from core.dim_customer
where customer_id = :customer_id and valid_from <= cast(:moment as timestamp) and valid_to > cast(:moment as timestamp)"""
CURRENT = "select * from core.dim_product where product_id = :product_id and is_current"
HISTORY = "select * from core.dim_product where product_id = :product_id order by valid_from"
GROWTH_OF_MONTHS = """
select month_start, category, net_amount, net_amount_year_before, growth from marts.yearly_growth
where month_start >= cast(:from_day as date) and month_start <= cast(:to_day as date) order by month_start, category"""
GROWTH_OF_FACT = """
with monthly as (
    select dim_product.category,
    extract(year from fact_sales.date_key) as year, extract(month from fact_sales.date_key) as month,
    sum(fact_sales.net_amount) as net_amount
    from core.fact_sales inner join core.dim_product on fact_sales.product_key = dim_product.product_key
    where extract(month from fact_sales.date_key) <= cast(:months as integer)
    group by dim_product.category, extract(year from fact_sales.date_key), extract(month from fact_sales.date_key)
)
select monthly.category, monthly.year, monthly.month, monthly.net_amount, before.net_amount as net_amount_year_before
from monthly left join monthly as before
on monthly.category = before.category and monthly.month = before.month and monthly.year = before.year + 1
order by monthly.category, monthly.year, monthly.month"""


@dataclass(frozen=True)
class Question:
    name: str
    kind: str
    sql: str
    parameters: Callable[[random.Random], Parameters]
    # Whether DuckDB is asked too.
    of_facts: bool = True


def span(days: int) -> Callable[[random.Random], Parameters]:
    def parameters(chance: random.Random) -> Parameters:
        first = FIRST_DAY + timedelta(chance.randrange(DAYS - days))
        return {"from_day": str(first), "to_day": str(first + timedelta(days - 1))}

    return parameters


def file(name: str) -> str:
    return (ROOT / "sql" / "queries" / f"{name}.sql").read_text()


def questions(connection: Connection) -> list[Question]:
    def some(sql: str) -> Callable[[random.Random], str]:
        found = [str(value) for (value,) in rows(connection, sql)]
        return lambda chance: chance.choice(found)

    product = some("select distinct product_id from core.dim_product where product_id <> '(none)' order by 1")
    customer = some("select distinct customer_id from core.dim_customer where customer_id <> '(none)' order by 1")
    day = some("select distinct date_key from core.fact_inventory order by 1")
    warehouse = some("select distinct warehouse_code from core.fact_inventory order by 1")
    return [
        Question("sales by category, a month", FACT, BY_CATEGORY, span(30)),
        Question("sales of a product, a year", FACT, OF_A_PRODUCT, lambda at: {**span(365)(at), "product_id": product(at)}),
        Question("top_customers, a quarter", FACT, file("top_customers"), lambda at: {**span(91)(at), "limit": "10"}),
        Question("funnel from events, a week", FACT, FUNNEL, span(7)),
        Question("stock of a warehouse, a day", FACT, STOCK, lambda at: {"day": day(at), "warehouse": warehouse(at)}),
        Question("sales_by_state_at_the_time, a quarter", FACT, file("sales_by_state_at_the_time"), span(91)),
        Question("price_history", FACT, file("price_history"), lambda at: {"product_id": product(at)}),
        Question("cohort_retention, everything", FACT, file("cohort_retention"), lambda _: {}),
        Question(
            "customer as of a moment", LOOKUP, AS_OF, lambda at: {"customer_id": customer(at), "moment": moment(at)}, False
        ),
        Question("current product", LOOKUP, CURRENT, lambda at: {"product_id": product(at)}, False),
        Question("history of a product", LOOKUP, HISTORY, lambda at: {"product_id": product(at)}, False),
        Question("category_growth, mart of days", GROWTH, file("category_growth"), lambda _: {"year": "2025"}, False),
        Question("yearly_growth, a year of months", GROWTH, GROWTH_OF_MONTHS, span(365), False),
        Question("growth of each month, from the fact", GROWTH, GROWTH_OF_FACT, lambda at: {"months": str(at.randint(6, 12))}),
    ]


def moment(chance: random.Random) -> str:
    return str(datetime.combine(FIRST_DAY, datetime.min.time()) + timedelta(minutes=chance.randrange(DAYS * 24 * 60)))
