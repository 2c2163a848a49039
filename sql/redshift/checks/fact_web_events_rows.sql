-- An event that was looked at is there once.
with published as (
    select
        cast(web_events.occurred_at as date) as day,
        count(*) as events
    from staging.web_events
    where
        not web_events._is_deleted
        and web_events.event_id in (select fact_web_events_event.event_id from fact_web_events_event)
    group by cast(web_events.occurred_at as date)
),

built as (
    select
        fact_web_events.date_key as day,
        count(*) as events
    from core.fact_web_events
    where fact_web_events.event_id in (select fact_web_events_event.event_id from fact_web_events_event)
    group by fact_web_events.date_key
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

select cast(differences.day as varchar(10)) as example from differences
