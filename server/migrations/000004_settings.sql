-- Platform settings: a closed, typed list (contract 4.1); the code knows types and ranges, the table the values.
-- breaking: no
create schema settings;

create table settings.platform_settings (
  id bigint generated always as identity primary key,
  key text not null unique check (length(key) <= 100),
  value text not null check (length(value) <= 500),
  description text check (length(description) <= 500),
  updated_at timestamptz not null default now()
);
