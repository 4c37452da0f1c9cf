-- Media: every stored picture, decoded and re-encoded by the platform.
-- breaking: no
create schema media;

create table media.files (
  id bigint generated always as identity primary key,
  -- Random; part of the picture's address and of its objects' names in the store.
  storage_key text not null unique check (storage_key ~ '^[0-9a-f]{32}$'),
  owner_account_id bigint references identity.accounts on delete set null,
  kind text not null check (kind in ('product', 'shop_avatar', 'user_avatar', 'wardrobe', 'person', 'generation', 'derived')),
  visibility text not null check (visibility in ('public', 'private')),
  mime text not null,
  -- Size of the stored object; what was sent may have been larger.
  bytes integer not null check (bytes > 0),
  uploaded_bytes integer not null check (uploaded_bytes >= 0),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  sha256 text not null,
  -- Tiny preview (thumbhash, base64) shown until the picture has arrived.
  preview text,
  created_at timestamptz not null default now(),
  -- Set when something refers to the file; before that it is temporary.
  linked_at timestamptz,
  expires_at timestamptz,
  -- Marked first: nobody is served the file any more; its objects go next, the row last.
  deleted_at timestamptz,
  -- A picture that nothing refers to does not stay for ever.
  check (linked_at is not null or expires_at is not null)
);
create index files_owner on media.files (owner_account_id, kind, id desc);
-- The byte quotas of an account: what it has stored, what it sent within a day.
create index files_quota on media.files (owner_account_id, created_at) include (bytes, uploaded_bytes) where deleted_at is null;
create index files_expiry on media.files (expires_at) where expires_at is not null;

create view media.v_files as
  select id, storage_key, owner_account_id, kind, visibility, mime, bytes, width, height, preview, created_at, linked_at, expires_at
  from media.files
  where deleted_at is null and (expires_at is null or expires_at > now());
