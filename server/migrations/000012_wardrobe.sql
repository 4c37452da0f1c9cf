-- Wardrobe: a person's private collection of garments.
-- breaking: no
create schema wardrobe;

create table wardrobe.items (
  id bigint generated always as identity primary key,
  user_id bigint not null references identity.users on delete restrict,
  source text not null check (source in ('shop_product', 'generated', 'uploaded', 'purchased')),
  original_product_id bigint references catalog.products on delete set null,
  -- A generation in use cannot be deleted.
  generation_id bigint references studio.generations on delete restrict,
  name text not null check (length(name) between 1 and 255),
  description text check (length(description) <= 2000),
  images text[] not null default '{}' check (cardinality(images) <= 5),
  characteristics jsonb check (jsonb_typeof(characteristics) = 'object'),
  price_cents bigint check (price_cents > 0),
  category_id bigint references catalog.categories on delete set null,
  shop_name text check (length(shop_name) <= 255),
  is_favorite boolean not null default false,
  folder text check (length(folder) <= 100),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index items_user on wardrobe.items (user_id, created_at desc, id desc);
create index items_product on wardrobe.items (original_product_id);
create index items_generation on wardrobe.items (generation_id);
create index items_category on wardrobe.items (category_id);

-- Which generations are kept, for the studio.
create view wardrobe.v_generation_items as
  select generation_id, id as item_id
  from wardrobe.items
  where generation_id is not null;
