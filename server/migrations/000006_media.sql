-- Media: every stored picture, decoded and re-encoded by the platform.
-- breaking: no
create schema media;

create table media.files (
  id bigint generated always as identity primary key,
  -- Random; the object's name in the store.
  storage_key text not null unique,
  owner_account_id bigint references identity.accounts on delete set null,
  kind text not null check (kind in ('product', 'shop_avatar', 'user_avatar', 'wardrobe', 'person', 'generation', 'derived')),
  visibility text not null check (visibility in ('public', 'private')),
  mime text not null,
  bytes integer not null check (bytes > 0),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  sha256 text not null,
  -- Tiny preview (thumbhash, base64) shown until the picture has arrived.
  preview text,
  created_at timestamptz not null default now(),
  -- Set when something refers to the file; before that it is temporary.
  linked_at timestamptz,
  expires_at timestamptz
);
create index files_owner on media.files (owner_account_id, kind, id);
create index files_expiry on media.files (expires_at) where expires_at is not null;

create view media.v_files as select * from media.files;
