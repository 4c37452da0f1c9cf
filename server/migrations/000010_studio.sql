-- Studio: AI generations and try-ons. The price is frozen at acceptance, spent on success, given back otherwise.
-- breaking: no
create schema studio;

create table studio.generations (
  id bigint generated always as identity primary key,
  user_id bigint not null references identity.users on delete restrict,
  product_id bigint references catalog.products on delete set null,
  type text not null check (type in ('generation', 'try_on')),
  mode text not null check (mode in ('generate', 'try_on', 'apply_clothing', 'apply_clothing_base64', 'generate_person',
    'generate_clothing', 'generate_from_text', 'generate_from_text_and_images')),
  status text not null default 'queued' check (status in ('queued', 'processing', 'succeeded', 'failed', 'cancelled')),
  -- What the engine is doing right now; shown to the person who waits.
  step text,
  prompt text check (length(prompt) <= 2000),
  aspect_ratio text not null,
  person_key text,
  garment_key text,
  save_to_wardrobe boolean not null default false,
  image_key text,
  width integer,
  height integer,
  understood jsonb,
  error_code text,
  charge_kind text not null check (charge_kind in ('free', 'balance', 'none')),
  price_cents bigint not null check (price_cents >= 0),
  cost_cents bigint not null default 0 check (cost_cents >= 0),
  hold_id bigint references wallet.balance_holds on delete restrict,
  transaction_id bigint references wallet.transactions on delete restrict,
  -- The caller's Idempotency-Key: the same request again is the same generation, even when its answer was lost.
  request_key text,
  -- Changes with every run of the job: only the latest run may settle.
  run_id text,
  attempts integer not null default 0,
  provider text,
  provider_model text,
  -- Grows with every change that a client is told of.
  sequence integer not null default 0,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  unique (user_id, request_key)
);
create index generations_user on studio.generations (user_id, created_at desc, id desc);
create index generations_product on studio.generations (product_id);
create index generations_open on studio.generations (created_at) where status in ('queued', 'processing');
create index generations_hold on studio.generations (hold_id);
create index generations_transaction on studio.generations (transaction_id);

-- Cut-out and landmarks of a garment picture, computed once per picture.
create table studio.garment_cuts (
  image_key text primary key,
  engine_version text not null,
  -- PNG with alpha, and everything else that the fitting follows.
  png bytea not null,
  facts jsonb not null,
  created_at timestamptz not null default now()
);

-- People to try clothes on without a photo of one's own; the picture is a private file of the platform itself.
create table studio.sample_people (
  id bigint generated always as identity primary key,
  name text not null check (length(name) between 1 and 100),
  person_key text not null unique,
  "order" integer not null default 0,
  created_at timestamptz not null default now()
);
