-- A day that was built again counts each of its events once.
with published as (
    select
        fact_web_events.date_key,
        count(*) as events
    from core.fact_web_events
    where fact_web_events.date_key in (select conversion_funnel_day.date_key from conversion_funnel_day)
    group by fact_web_events.date_key
),

built as (
    select
        conversion_funnel.date_key,
        sum(conversion_funnel.events) as events
    from marts.conversion_funnel
    where conversion_funnel.date_key in (select conversion_funnel_day.date_key from conversion_funnel_day)
    group by conversion_funnel.date_key
),

differences as (
    (
        select published.* from published
        except
        select built.* from built
    )
    union all
    (
        select built.* from built
        except
        select published.* from published
    )
)

select cast(differences.date_key as varchar(10)) as example from differences
