-- Redshift reserves the word raw.
-- raw: rows for the time of a load. staging: a row per primary key of each dataset, as silver has it.
-- core: the star schema. marts: what analysts read.
create schema if not exists "raw";
create schema if not exists staging;
create schema if not exists core;
create schema if not exists marts;
