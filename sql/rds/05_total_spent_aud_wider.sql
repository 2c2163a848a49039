-- Tables made before contract 1.2.0 have numeric(18, 2). Widening rewrites no row and can be repeated.
alter table customer_purchase_summary alter column total_spent_aud type numeric(28, 2);
alter table customer_purchase_summary_staging alter column total_spent_aud type numeric(28, 2);
