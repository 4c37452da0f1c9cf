-- Written by `npm run check:schema -- --write`. Not for running: migrations are.

schema approvals
schema audit
schema catalog
schema compliance
schema identity
schema infra
schema media
schema moderation
schema notifications
schema payments
schema settings
schema shared
schema studio
schema wall
schema wallet
schema wardrobe

extension pg_trgm

table approvals.approvals
  id bigint not null identity
  kind text not null
  subject text
  payload jsonb not null
  reason text
  state text not null default 'waiting'::text
  asked_by bigint not null
  asked_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  decided_by bigint
  decided_at timestamp with time zone
  note text
table audit.chain_head
  only_row boolean not null default true
  rows_count bigint not null
  last_id bigint not null
  last_hash bytea not null
table audit.logs
  id bigint not null identity
  user_id bigint
  shop_id bigint
  action text not null
  entity_type text not null
  entity_id bigint
  old_values jsonb
  new_values jsonb
  ip_address inet
  user_agent text
  request_id text
  created_at timestamp with time zone not null default now()
  previous_hash bytea not null
  hash bytea not null
table catalog.categories
  id bigint not null identity
  name text not null
  slug text not null
  description text
  icon_url text
  parent_id bigint
  order integer not null default 0
  is_active boolean not null default true
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
table catalog.products
  id bigint not null identity
  shop_id bigint not null
  category_id bigint
  name text not null
  description text
  characteristics jsonb
  price_cents bigint not null
  images text[] not null default '{}'::text[]
  rent_expires_at timestamp with time zone
  is_active boolean not null default false
  moderation_status text not null default 'pending'::text
  moderation_notes text
  views_count integer not null default 0
  try_ons_count integer not null default 0
  purchases_count integer not null default 0
  approval_fee_charged_at timestamp with time zone
  first_approved_at timestamp with time zone
  deactivated_by bigint
  deactivated_at timestamp with time zone
  deleted_at timestamp with time zone
  version integer not null default 1
  reviews_count integer not null default 0
  ratings_sum integer not null default 0
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
table catalog.reviews
  id bigint not null identity
  user_id bigint not null
  product_id bigint not null
  rating integer not null
  comment text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
table compliance.erasures
  id bigint not null identity
  profile text not null
  profile_id bigint not null
  account_id bigint not null
  is_account_closed boolean not null
  email text
  requested_at timestamp with time zone not null
  finished_at timestamp with time zone
table compliance.exports
  id bigint not null identity
  account_id bigint not null
  user_id bigint not null
  status text not null default 'waiting'::text
  run_id text
  storage_key text
  bytes bigint
  token_hash text
  requested_at timestamp with time zone not null
  expires_at timestamp with time zone not null
table identity.accounts
  id bigint not null identity
  email text not null
  email_verified_at timestamp with time zone
  password_hash text
  password_changed_at timestamp with time zone
  password_stands_alone boolean not null default true
  google_id text
  apple_id text
  locale text not null default 'ru'::text
  two_factor_enabled_at timestamp with time zone
  blocked_at timestamp with time zone
  deleted_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  blocked_by bigint
  block_reason text
  telegram_id text
  had_user boolean not null default false
table identity.consents
  id bigint not null identity
  account_id bigint not null
  document text not null
  version text not null
  accepted_at timestamp with time zone not null default now()
  withdrawn_at timestamp with time zone
  ip inet
table identity.email_tokens
  id bigint not null identity
  account_id bigint not null
  purpose text not null
  token_hash text not null
  code_hash text
  tries_left integer not null default 5
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  used_at timestamp with time zone
  new_email text
  session_id bigint
table identity.passkeys
  id bigint not null identity
  account_id bigint not null
  credential_id text not null
  public_key bytea not null
  counter bigint not null
  transports text[] not null default '{}'::text[]
  is_backed_up boolean not null
  name text not null
  created_at timestamp with time zone not null default now()
  last_used_at timestamp with time zone
table identity.recovery_codes
  id bigint not null identity
  account_id bigint not null
  code_hash text not null
  used_at timestamp with time zone
table identity.refresh_tokens
  id bigint not null identity
  session_id bigint not null
  token_hash text not null
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  used_at timestamp with time zone
table identity.sessions
  id bigint not null identity
  public_id text not null
  account_id bigint not null
  account_type text not null
  platform text not null
  amr text[] not null
  authenticated_at timestamp with time zone not null
  user_agent text
  ip inet
  created_at timestamp with time zone not null default now()
  last_used_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  revoked_at timestamp with time zone
  revoke_reason text
  family text
table identity.shops
  id bigint not null identity
  account_id bigint not null
  shop_name text not null
  owner_name text not null
  description text
  avatar_url text
  phone text
  whatsapp_number text
  address text
  is_approved boolean not null default false
  paused_at timestamp with time zone
  blocked_at timestamp with time zone
  blocked_by bigint
  block_reason text
  rejection_reason text
  deleted_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
table identity.two_factor_secrets
  account_id bigint not null
  secret_encrypted bytea not null
  last_counter bigint not null default 0
  created_at timestamp with time zone not null default now()
  confirmed_at timestamp with time zone
table identity.users
  id bigint not null identity
  account_id bigint not null
  name text not null
  avatar_url text
  role text not null default 'user'::text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
table infra.idempotency_keys
  id bigint not null identity
  account text not null
  key text not null
  route text not null
  request_hash text not null
  response_status integer
  response_body jsonb
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
table infra.migrations
  name text not null
  checksum text not null
  applied_at timestamp with time zone not null default now()
table infra.outbox_events
  id bigint not null identity
  name text not null
  payload jsonb not null
  deliveries jsonb not null default '[]'::jsonb
  request_id text
  created_at timestamp with time zone not null default now()
  delivered_at timestamp with time zone
  attempts integer not null default 0
table media.files
  id bigint not null identity
  storage_key text not null
  owner_account_id bigint
  kind text not null
  visibility text not null
  mime text not null
  bytes integer not null
  uploaded_bytes integer not null
  width integer not null
  height integer not null
  sha256 text not null
  preview text
  created_at timestamp with time zone not null default now()
  linked_at timestamp with time zone
  expires_at timestamp with time zone
  deleted_at timestamp with time zone
table moderation.queue
  id bigint not null identity
  product_id bigint not null
  submitted_at timestamp with time zone not null
  reviewed_at timestamp with time zone
  reviewed_by bigint
  notes text
table notifications.mails
  id bigint not null identity
  dedupe_key text not null
  to_address text not null
  locale text not null
  template text not null
  subject text not null
  body_text text not null
  body_html text not null
  status text not null default 'queued'::text
  tries integer not null default 0
  last_error text
  created_at timestamp with time zone not null default now()
  sent_at timestamp with time zone
  account_id bigint
table payments.provider_events
  id bigint not null identity
  provider text not null
  provider_event_id text not null
  type text not null
  payload jsonb not null
  received_at timestamp with time zone not null default now()
  processed_at timestamp with time zone
  error text
  attempts integer not null default 0
table settings.platform_settings
  id bigint not null identity
  key text not null
  value text not null
  description text
  updated_at timestamp with time zone not null default now()
  version integer not null default 1
table settings.setting_versions
  id bigint not null identity
  key text not null
  version integer not null
  old_value text not null
  new_value text not null
  old_description text
  new_description text
  reason text
  changed_by bigint not null
  approved_by bigint
  approval_id bigint
  changed_at timestamp with time zone not null
unlogged table shared.counters
  key text not null
  window_started_ms bigint not null
  current_hits integer not null
  previous_hits integer not null
  last_allowed boolean not null
  expires_at timestamp with time zone not null
unlogged table shared.entries
  key text not null
  value text not null
  expires_at timestamp with time zone not null
unlogged table shared.messages
  id bigint not null identity
  body text not null
  expires_at timestamp with time zone not null
table studio.garment_cuts
  image_key text not null
  engine_version text not null
  png bytea not null
  facts jsonb not null
  created_at timestamp with time zone not null default now()
table studio.generations
  id bigint not null identity
  user_id bigint not null
  product_id bigint
  type text not null
  mode text not null
  status text not null default 'queued'::text
  step text
  prompt text
  aspect_ratio text not null
  person_key text
  garment_key text
  save_to_wardrobe boolean not null default false
  image_key text
  width integer
  height integer
  understood jsonb
  error_code text
  charge_kind text not null
  price_cents bigint not null
  cost_cents bigint not null default 0
  hold_id bigint
  transaction_id bigint
  request_key text
  run_id text
  attempts integer not null default 0
  provider text
  provider_model text
  sequence integer not null default 0
  created_at timestamp with time zone not null default now()
  started_at timestamp with time zone
  finished_at timestamp with time zone
table studio.sample_people
  id bigint not null identity
  name text not null
  person_key text not null
  order integer not null default 0
  created_at timestamp with time zone not null default now()
table wallet.accounts
  id bigint not null identity
  code text not null
  user_id bigint
  shop_id bigint
  currency text not null
  balance_cents bigint not null default 0
  held_cents bigint not null default 0
  created_at timestamp with time zone not null default now()
  closed_at timestamp with time zone
table wallet.balance_holds
  id bigint not null identity
  account_id bigint not null
  amount_cents bigint not null
  reason text not null
  status text not null default 'held'::text
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  settled_at timestamp with time zone
table wallet.free_credits
  user_id bigint not null
  generations_left integer not null
  try_ons_left integer not null
  updated_at timestamp with time zone not null default now()
table wallet.ledger_entries
  id bigint not null identity
  transaction_id bigint not null
  account_id bigint not null
  amount_cents bigint not null
  balance_after_cents bigint not null
  created_at timestamp with time zone not null default now()
table wallet.transactions
  id bigint not null identity
  user_id bigint
  shop_id bigint
  type text not null
  amount_cents bigint not null
  currency text not null
  status text not null default 'PENDING'::text
  payment_method text
  paypal_order_id text
  paypal_capture_id text
  balance_after_cents bigint
  extra_data jsonb
  description text
  idempotency_key text
  related_transaction_id bigint
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  completed_at timestamp with time zone
table wardrobe.items
  id bigint not null identity
  user_id bigint not null
  source text not null
  original_product_id bigint
  generation_id bigint
  name text not null
  description text
  images text[] not null default '{}'::text[]
  characteristics jsonb
  price_cents bigint
  category_id bigint
  shop_name text
  is_favorite boolean not null default false
  folder text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()

constraint approvals.approvals approvals_check: CHECK ((expires_at > asked_at))
constraint approvals.approvals approvals_check1: CHECK (((state = 'waiting'::text) = (decided_at IS NULL)))
constraint approvals.approvals approvals_kind_check: CHECK ((length(kind) <= 100))
constraint approvals.approvals approvals_note_check: CHECK ((length(note) <= 1000))
constraint approvals.approvals approvals_pkey: PRIMARY KEY (id)
constraint approvals.approvals approvals_reason_check: CHECK ((length(reason) <= 500))
constraint approvals.approvals approvals_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text, 'expired'::text])))
constraint approvals.approvals approvals_subject_check: CHECK ((length(subject) <= 200))
constraint approvals.approvals approvals_two_persons: CHECK (
CASE state
    WHEN 'approved'::text THEN ((decided_by IS NOT NULL) AND (decided_by <> asked_by))
    WHEN 'rejected'::text THEN ((decided_by IS NOT NULL) AND (decided_by <> asked_by))
    WHEN 'withdrawn'::text THEN ((decided_by IS NOT NULL) AND (decided_by = asked_by))
    ELSE (decided_by IS NULL)
END)
constraint audit.chain_head chain_head_only_row_check: CHECK (only_row)
constraint audit.chain_head chain_head_pkey: PRIMARY KEY (only_row)
constraint audit.logs logs_hash_key: UNIQUE (hash)
constraint audit.logs logs_pkey: PRIMARY KEY (id)
constraint catalog.categories categories_description_check: CHECK ((length(description) <= 500))
constraint catalog.categories categories_icon_url_check: CHECK ((length(icon_url) <= 500))
constraint catalog.categories categories_name_check: CHECK (((length(name) >= 1) AND (length(name) <= 100)))
constraint catalog.categories categories_name_key: UNIQUE (name)
constraint catalog.categories categories_parent_id_fkey: FOREIGN KEY (parent_id) REFERENCES catalog.categories(id) ON DELETE RESTRICT
constraint catalog.categories categories_pkey: PRIMARY KEY (id)
constraint catalog.categories categories_slug_check: CHECK ((slug ~ '^[a-z0-9-]{1,100}$'::text))
constraint catalog.categories categories_slug_key: UNIQUE (slug)
constraint catalog.products products_category_id_fkey: FOREIGN KEY (category_id) REFERENCES catalog.categories(id) ON DELETE SET NULL
constraint catalog.products products_characteristics_check: CHECK ((jsonb_typeof(characteristics) = 'object'::text))
constraint catalog.products products_deactivated_by_fkey: FOREIGN KEY (deactivated_by) REFERENCES identity.users(id) ON DELETE SET NULL
constraint catalog.products products_description_check: CHECK ((length(description) <= 2000))
constraint catalog.products products_images_check: CHECK ((cardinality(images) <= 10))
constraint catalog.products products_moderation_notes_check: CHECK ((length(moderation_notes) <= 1000))
constraint catalog.products products_moderation_status_check: CHECK ((moderation_status = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text])))
constraint catalog.products products_name_check: CHECK (((length(name) >= 1) AND (length(name) <= 255)))
constraint catalog.products products_pkey: PRIMARY KEY (id)
constraint catalog.products products_price_cents_check: CHECK (((price_cents > 0) AND (price_cents <= 100000000)))
constraint catalog.products products_purchases_count_check: CHECK ((purchases_count >= 0))
constraint catalog.products products_ratings_sum_check: CHECK ((ratings_sum >= 0))
constraint catalog.products products_reviews_count_check: CHECK ((reviews_count >= 0))
constraint catalog.products products_shop_id_fkey: FOREIGN KEY (shop_id) REFERENCES identity.shops(id) ON DELETE RESTRICT
constraint catalog.products products_try_ons_count_check: CHECK ((try_ons_count >= 0))
constraint catalog.products products_views_count_check: CHECK ((views_count >= 0))
constraint catalog.reviews reviews_comment_check: CHECK ((length(comment) <= 2000))
constraint catalog.reviews reviews_pkey: PRIMARY KEY (id)
constraint catalog.reviews reviews_product_id_fkey: FOREIGN KEY (product_id) REFERENCES catalog.products(id) ON DELETE CASCADE
constraint catalog.reviews reviews_rating_check: CHECK (((rating >= 1) AND (rating <= 5)))
constraint catalog.reviews reviews_user_id_fkey: FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE RESTRICT
constraint catalog.reviews reviews_user_id_product_id_key: UNIQUE (user_id, product_id)
constraint compliance.erasures erasures_check: CHECK (((finished_at IS NULL) OR (email IS NULL)))
constraint compliance.erasures erasures_pkey: PRIMARY KEY (id)
constraint compliance.erasures erasures_profile_check: CHECK ((profile = ANY (ARRAY['user'::text, 'shop'::text])))
constraint compliance.erasures erasures_profile_profile_id_key: UNIQUE (profile, profile_id)
constraint compliance.exports exports_account_id_fkey: FOREIGN KEY (account_id) REFERENCES identity.accounts(id) ON DELETE CASCADE
constraint compliance.exports exports_bytes_check: CHECK ((bytes > 0))
constraint compliance.exports exports_pkey: PRIMARY KEY (id)
constraint compliance.exports exports_status_check: CHECK ((status = ANY (ARRAY['waiting'::text, 'running'::text, 'ready'::text, 'failed'::text])))
constraint compliance.exports exports_storage_key_key: UNIQUE (storage_key)
constraint compliance.exports exports_token_hash_key: UNIQUE (token_hash)
constraint compliance.exports exports_user_id_fkey: FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE
constraint identity.accounts accounts_apple_id_check: CHECK ((length(apple_id) <= 255))
constraint identity.accounts accounts_apple_id_key: UNIQUE (apple_id)
constraint identity.accounts accounts_block_reason_check: CHECK ((length(block_reason) <= 1000))
constraint identity.accounts accounts_blocked_by_fkey: FOREIGN KEY (blocked_by) REFERENCES identity.users(id) ON DELETE SET NULL
constraint identity.accounts accounts_email_check: CHECK (((email = lower(email)) AND (length(email) <= 255)))
constraint identity.accounts accounts_email_key: UNIQUE (email)
constraint identity.accounts accounts_google_id_check: CHECK ((length(google_id) <= 255))
constraint identity.accounts accounts_google_id_key: UNIQUE (google_id)
constraint identity.accounts accounts_locale_check: CHECK ((locale = ANY (ARRAY['ru'::text, 'kk'::text, 'en'::text])))
constraint identity.accounts accounts_pkey: PRIMARY KEY (id)
constraint identity.accounts accounts_telegram_id_check: CHECK ((length(telegram_id) <= 255))
constraint identity.accounts accounts_telegram_id_key: UNIQUE (telegram_id)
constraint identity.consents consents_account_id_fkey: FOREIGN KEY (account_id) REFERENCES identity.accounts(id) ON DELETE CASCADE
constraint identity.consents consents_document_check: CHECK ((length(document) <= 100))
constraint identity.consents consents_pkey: PRIMARY KEY (id)
constraint identity.consents consents_version_check: CHECK ((length(version) <= 50))
constraint identity.email_tokens email_tokens_account_id_fkey: FOREIGN KEY (account_id) REFERENCES identity.accounts(id) ON DELETE CASCADE
constraint identity.email_tokens email_tokens_change_check: CHECK (((purpose = 'change'::text) = (new_email IS NOT NULL)))
constraint identity.email_tokens email_tokens_new_email_check: CHECK (((new_email = lower(new_email)) AND (length(new_email) <= 255)))
constraint identity.email_tokens email_tokens_pkey: PRIMARY KEY (id)
constraint identity.email_tokens email_tokens_purpose_check: CHECK ((purpose = ANY (ARRAY['verify'::text, 'reset'::text, 'change'::text])))
constraint identity.email_tokens email_tokens_session_id_fkey: FOREIGN KEY (session_id) REFERENCES identity.sessions(id) ON DELETE CASCADE
constraint identity.email_tokens email_tokens_token_hash_key: UNIQUE (token_hash)
constraint identity.email_tokens email_tokens_tries_left_check: CHECK ((tries_left >= 0))
constraint identity.passkeys passkeys_account_id_fkey: FOREIGN KEY (account_id) REFERENCES identity.accounts(id) ON DELETE CASCADE
constraint identity.passkeys passkeys_counter_check: CHECK ((counter >= 0))
constraint identity.passkeys passkeys_credential_id_check: CHECK ((length(credential_id) <= 1400))
constraint identity.passkeys passkeys_credential_id_key: UNIQUE (credential_id)
constraint identity.passkeys passkeys_name_check: CHECK (((length(name) >= 1) AND (length(name) <= 100)))
constraint identity.passkeys passkeys_pkey: PRIMARY KEY (id)
constraint identity.recovery_codes recovery_codes_account_id_code_hash_key: UNIQUE (account_id, code_hash)
constraint identity.recovery_codes recovery_codes_account_id_fkey: FOREIGN KEY (account_id) REFERENCES identity.accounts(id) ON DELETE CASCADE
constraint identity.recovery_codes recovery_codes_pkey: PRIMARY KEY (id)
constraint identity.refresh_tokens refresh_tokens_pkey: PRIMARY KEY (id)
constraint identity.refresh_tokens refresh_tokens_session_id_fkey: FOREIGN KEY (session_id) REFERENCES identity.sessions(id) ON DELETE CASCADE
constraint identity.refresh_tokens refresh_tokens_token_hash_key: UNIQUE (token_hash)
constraint identity.sessions sessions_account_id_fkey: FOREIGN KEY (account_id) REFERENCES identity.accounts(id) ON DELETE CASCADE
constraint identity.sessions sessions_account_type_check: CHECK ((account_type = ANY (ARRAY['user'::text, 'shop'::text])))
constraint identity.sessions sessions_pkey: PRIMARY KEY (id)
constraint identity.sessions sessions_platform_check: CHECK ((platform = ANY (ARRAY['web'::text, 'mobile'::text])))
constraint identity.sessions sessions_public_id_key: UNIQUE (public_id)
constraint identity.shops shops_account_id_fkey: FOREIGN KEY (account_id) REFERENCES identity.accounts(id) ON DELETE RESTRICT
constraint identity.shops shops_account_id_key: UNIQUE (account_id)
constraint identity.shops shops_address_check: CHECK ((length(address) <= 500))
constraint identity.shops shops_avatar_url_check: CHECK ((length(avatar_url) <= 500))
constraint identity.shops shops_block_reason_check: CHECK ((length(block_reason) <= 1000))
constraint identity.shops shops_blocked_by_fkey: FOREIGN KEY (blocked_by) REFERENCES identity.users(id) ON DELETE SET NULL
constraint identity.shops shops_description_check: CHECK ((length(description) <= 1000))
constraint identity.shops shops_owner_name_check: CHECK (((length(owner_name) >= 1) AND (length(owner_name) <= 255)))
constraint identity.shops shops_phone_check: CHECK ((phone ~ '^\+[0-9]{7,15}$'::text))
constraint identity.shops shops_pkey: PRIMARY KEY (id)
constraint identity.shops shops_rejection_reason_check: CHECK ((length(rejection_reason) <= 1000))
constraint identity.shops shops_shop_name_check: CHECK (((length(shop_name) >= 1) AND (length(shop_name) <= 255)))
constraint identity.shops shops_whatsapp_number_check: CHECK ((whatsapp_number ~ '^\+[0-9]{7,15}$'::text))
constraint identity.two_factor_secrets two_factor_secrets_account_id_fkey: FOREIGN KEY (account_id) REFERENCES identity.accounts(id) ON DELETE CASCADE
constraint identity.two_factor_secrets two_factor_secrets_pkey: PRIMARY KEY (account_id)
constraint identity.users users_account_id_fkey: FOREIGN KEY (account_id) REFERENCES identity.accounts(id) ON DELETE RESTRICT
constraint identity.users users_account_id_key: UNIQUE (account_id)
constraint identity.users users_avatar_url_check: CHECK ((length(avatar_url) <= 500))
constraint identity.users users_name_check: CHECK (((length(name) >= 1) AND (length(name) <= 255)))
constraint identity.users users_pkey: PRIMARY KEY (id)
constraint identity.users users_role_check: CHECK ((role = ANY (ARRAY['user'::text, 'admin'::text])))
constraint infra.idempotency_keys idempotency_keys_account_key_route_key: UNIQUE (account, key, route)
constraint infra.idempotency_keys idempotency_keys_key_check: CHECK (((length(key) >= 1) AND (length(key) <= 64)))
constraint infra.idempotency_keys idempotency_keys_pkey: PRIMARY KEY (id)
constraint infra.migrations migrations_pkey: PRIMARY KEY (name)
constraint infra.outbox_events outbox_events_pkey: PRIMARY KEY (id)
constraint media.files files_bytes_check: CHECK ((bytes > 0))
constraint media.files files_check: CHECK (((linked_at IS NOT NULL) OR (expires_at IS NOT NULL)))
constraint media.files files_height_check: CHECK ((height > 0))
constraint media.files files_kind_check: CHECK ((kind = ANY (ARRAY['product'::text, 'shop_avatar'::text, 'user_avatar'::text, 'wardrobe'::text, 'person'::text, 'generation'::text, 'derived'::text])))
constraint media.files files_owner_account_id_fkey: FOREIGN KEY (owner_account_id) REFERENCES identity.accounts(id) ON DELETE SET NULL
constraint media.files files_pkey: PRIMARY KEY (id)
constraint media.files files_storage_key_check: CHECK ((storage_key ~ '^[0-9a-f]{32}$'::text))
constraint media.files files_storage_key_key: UNIQUE (storage_key)
constraint media.files files_uploaded_bytes_check: CHECK ((uploaded_bytes >= 0))
constraint media.files files_visibility_check: CHECK ((visibility = ANY (ARRAY['public'::text, 'private'::text])))
constraint media.files files_width_check: CHECK ((width > 0))
constraint moderation.queue queue_notes_check: CHECK ((length(notes) <= 1000))
constraint moderation.queue queue_pkey: PRIMARY KEY (id)
constraint moderation.queue queue_product_id_fkey: FOREIGN KEY (product_id) REFERENCES catalog.products(id) ON DELETE CASCADE
constraint moderation.queue queue_product_id_key: UNIQUE (product_id)
constraint moderation.queue queue_reviewed_by_fkey: FOREIGN KEY (reviewed_by) REFERENCES identity.users(id) ON DELETE SET NULL
constraint notifications.mails mails_account_id_fkey: FOREIGN KEY (account_id) REFERENCES identity.accounts(id) ON DELETE SET NULL
constraint notifications.mails mails_dedupe_key_key: UNIQUE (dedupe_key)
constraint notifications.mails mails_pkey: PRIMARY KEY (id)
constraint notifications.mails mails_status_check: CHECK ((status = ANY (ARRAY['queued'::text, 'sent'::text, 'dead'::text])))
constraint payments.provider_events provider_events_pkey: PRIMARY KEY (id)
constraint payments.provider_events provider_events_provider_check: CHECK ((provider = 'paypal'::text))
constraint payments.provider_events provider_events_provider_provider_event_id_key: UNIQUE (provider, provider_event_id)
constraint settings.platform_settings platform_settings_description_check: CHECK ((length(description) <= 500))
constraint settings.platform_settings platform_settings_key_check: CHECK ((length(key) <= 100))
constraint settings.platform_settings platform_settings_key_key: UNIQUE (key)
constraint settings.platform_settings platform_settings_pkey: PRIMARY KEY (id)
constraint settings.platform_settings platform_settings_value_check: CHECK ((length(value) <= 500))
constraint settings.setting_versions setting_versions_check: CHECK ((approved_by <> changed_by))
constraint settings.setting_versions setting_versions_key_fkey: FOREIGN KEY (key) REFERENCES settings.platform_settings(key)
constraint settings.setting_versions setting_versions_key_version_key: UNIQUE (key, version)
constraint settings.setting_versions setting_versions_pkey: PRIMARY KEY (id)
constraint settings.setting_versions setting_versions_reason_check: CHECK ((length(reason) <= 500))
constraint shared.counters counters_pkey: PRIMARY KEY (key)
constraint shared.entries entries_pkey: PRIMARY KEY (key)
constraint shared.messages messages_pkey: PRIMARY KEY (id)
constraint studio.garment_cuts garment_cuts_pkey: PRIMARY KEY (image_key)
constraint studio.generations generations_charge_kind_check: CHECK ((charge_kind = ANY (ARRAY['free'::text, 'balance'::text, 'none'::text])))
constraint studio.generations generations_cost_cents_check: CHECK ((cost_cents >= 0))
constraint studio.generations generations_hold_id_fkey: FOREIGN KEY (hold_id) REFERENCES wallet.balance_holds(id) ON DELETE RESTRICT
constraint studio.generations generations_mode_check: CHECK ((mode = ANY (ARRAY['generate'::text, 'try_on'::text, 'apply_clothing'::text, 'apply_clothing_base64'::text, 'generate_person'::text, 'generate_clothing'::text, 'generate_from_text'::text, 'generate_from_text_and_images'::text])))
constraint studio.generations generations_pkey: PRIMARY KEY (id)
constraint studio.generations generations_price_cents_check: CHECK ((price_cents >= 0))
constraint studio.generations generations_product_id_fkey: FOREIGN KEY (product_id) REFERENCES catalog.products(id) ON DELETE SET NULL
constraint studio.generations generations_prompt_check: CHECK ((length(prompt) <= 2000))
constraint studio.generations generations_status_check: CHECK ((status = ANY (ARRAY['queued'::text, 'processing'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text])))
constraint studio.generations generations_transaction_id_fkey: FOREIGN KEY (transaction_id) REFERENCES wallet.transactions(id) ON DELETE RESTRICT
constraint studio.generations generations_type_check: CHECK ((type = ANY (ARRAY['generation'::text, 'try_on'::text])))
constraint studio.generations generations_user_id_fkey: FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE RESTRICT
constraint studio.generations generations_user_id_request_key_key: UNIQUE (user_id, request_key)
constraint studio.sample_people sample_people_name_check: CHECK (((length(name) >= 1) AND (length(name) <= 100)))
constraint studio.sample_people sample_people_person_key_key: UNIQUE (person_key)
constraint studio.sample_people sample_people_pkey: PRIMARY KEY (id)
constraint wallet.accounts accounts_check: CHECK ((num_nonnulls(user_id, shop_id) <= 1))
constraint wallet.accounts accounts_check1: CHECK (((user_id IS NULL) OR (balance_cents >= 0)))
constraint wallet.accounts accounts_check2: CHECK (((user_id IS NULL) OR ((balance_cents - held_cents) >= 0)))
constraint wallet.accounts accounts_closed_is_empty: CHECK (((closed_at IS NULL) OR ((balance_cents = 0) AND (held_cents = 0))))
constraint wallet.accounts accounts_code_key: UNIQUE (code)
constraint wallet.accounts accounts_currency_check: CHECK ((currency ~ '^[A-Z]{3}$'::text))
constraint wallet.accounts accounts_held_cents_check: CHECK ((held_cents >= 0))
constraint wallet.accounts accounts_pkey: PRIMARY KEY (id)
constraint wallet.accounts accounts_shop_id_fkey: FOREIGN KEY (shop_id) REFERENCES identity.shops(id) ON DELETE RESTRICT
constraint wallet.accounts accounts_shop_id_key: UNIQUE (shop_id)
constraint wallet.accounts accounts_user_id_fkey: FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE RESTRICT
constraint wallet.accounts accounts_user_id_key: UNIQUE (user_id)
constraint wallet.balance_holds balance_holds_account_id_fkey: FOREIGN KEY (account_id) REFERENCES wallet.accounts(id) ON DELETE RESTRICT
constraint wallet.balance_holds balance_holds_amount_cents_check: CHECK ((amount_cents > 0))
constraint wallet.balance_holds balance_holds_pkey: PRIMARY KEY (id)
constraint wallet.balance_holds balance_holds_status_check: CHECK ((status = ANY (ARRAY['held'::text, 'captured'::text, 'released'::text])))
constraint wallet.free_credits free_credits_generations_left_check: CHECK ((generations_left >= 0))
constraint wallet.free_credits free_credits_pkey: PRIMARY KEY (user_id)
constraint wallet.free_credits free_credits_try_ons_left_check: CHECK ((try_ons_left >= 0))
constraint wallet.free_credits free_credits_user_id_fkey: FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE RESTRICT
constraint wallet.ledger_entries ledger_balanced: TRIGGER DEFERRABLE INITIALLY DEFERRED
constraint wallet.ledger_entries ledger_entries_account_id_fkey: FOREIGN KEY (account_id) REFERENCES wallet.accounts(id) ON DELETE RESTRICT
constraint wallet.ledger_entries ledger_entries_amount_cents_check: CHECK ((amount_cents <> 0))
constraint wallet.ledger_entries ledger_entries_pkey: PRIMARY KEY (id)
constraint wallet.ledger_entries ledger_entries_transaction_id_fkey: FOREIGN KEY (transaction_id) REFERENCES wallet.transactions(id) ON DELETE RESTRICT
constraint wallet.transactions transactions_amount_cents_check: CHECK ((abs(amount_cents) <= '9999999999'::bigint))
constraint wallet.transactions transactions_check: CHECK ((num_nonnulls(user_id, shop_id) = 1))
constraint wallet.transactions transactions_description_check: CHECK ((length(description) <= 500))
constraint wallet.transactions transactions_idempotency_key_key: UNIQUE (idempotency_key)
constraint wallet.transactions transactions_payment_method_check: CHECK ((payment_method = ANY (ARRAY['paypal'::text, 'balance'::text])))
constraint wallet.transactions transactions_paypal_capture_id_key: UNIQUE (paypal_capture_id)
constraint wallet.transactions transactions_paypal_order_id_key: UNIQUE (paypal_order_id)
constraint wallet.transactions transactions_pkey: PRIMARY KEY (id)
constraint wallet.transactions transactions_related_transaction_id_fkey: FOREIGN KEY (related_transaction_id) REFERENCES wallet.transactions(id) ON DELETE RESTRICT
constraint wallet.transactions transactions_shop_id_fkey: FOREIGN KEY (shop_id) REFERENCES identity.shops(id) ON DELETE RESTRICT
constraint wallet.transactions transactions_status_check: CHECK ((status = ANY (ARRAY['PENDING'::text, 'COMPLETED'::text, 'FAILED'::text, 'REFUNDED'::text])))
constraint wallet.transactions transactions_type_check: CHECK ((type = ANY (ARRAY['TOP_UP'::text, 'GENERATION'::text, 'TRY_ON'::text, 'PRODUCT_RENT'::text, 'PRODUCT_PURCHASE'::text, 'REFUND'::text, 'COMMISSION'::text, 'APPROVAL_FEE'::text, 'SALE'::text, 'ADJUSTMENT'::text, 'PAYOUT'::text])))
constraint wallet.transactions transactions_user_id_fkey: FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE RESTRICT
constraint wardrobe.items items_category_id_fkey: FOREIGN KEY (category_id) REFERENCES catalog.categories(id) ON DELETE SET NULL
constraint wardrobe.items items_characteristics_check: CHECK ((jsonb_typeof(characteristics) = 'object'::text))
constraint wardrobe.items items_description_check: CHECK ((length(description) <= 2000))
constraint wardrobe.items items_folder_check: CHECK ((length(folder) <= 100))
constraint wardrobe.items items_generation_id_fkey: FOREIGN KEY (generation_id) REFERENCES studio.generations(id) ON DELETE RESTRICT
constraint wardrobe.items items_images_check: CHECK ((cardinality(images) <= 5))
constraint wardrobe.items items_name_check: CHECK (((length(name) >= 1) AND (length(name) <= 255)))
constraint wardrobe.items items_original_product_id_fkey: FOREIGN KEY (original_product_id) REFERENCES catalog.products(id) ON DELETE SET NULL
constraint wardrobe.items items_pkey: PRIMARY KEY (id)
constraint wardrobe.items items_price_cents_check: CHECK ((price_cents > 0))
constraint wardrobe.items items_shop_name_check: CHECK ((length(shop_name) <= 255))
constraint wardrobe.items items_source_check: CHECK ((source = ANY (ARRAY['shop_product'::text, 'generated'::text, 'uploaded'::text, 'purchased'::text])))
constraint wardrobe.items items_user_id_fkey: FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE RESTRICT

CREATE INDEX approvals_by_state ON approvals.approvals USING btree (state, id)
CREATE UNIQUE INDEX approvals_one_waiting ON approvals.approvals USING btree (kind, subject) WHERE (state = 'waiting'::text)
CREATE INDEX approvals_overdue ON approvals.approvals USING btree (expires_at) WHERE (state = 'waiting'::text)
CREATE UNIQUE INDEX approvals_pkey ON approvals.approvals USING btree (id)
CREATE UNIQUE INDEX chain_head_pkey ON audit.chain_head USING btree (only_row)
CREATE INDEX logs_action ON audit.logs USING btree (action, id)
CREATE INDEX logs_actor_shop ON audit.logs USING btree (shop_id, id) WHERE (shop_id IS NOT NULL)
CREATE INDEX logs_actor_user ON audit.logs USING btree (user_id, id) WHERE (user_id IS NOT NULL)
CREATE INDEX logs_deleted_cards ON audit.logs USING btree (((old_values ->> 'shop_id'::text))) WHERE (action = 'catalog.product_deleted'::text)
CREATE INDEX logs_entity ON audit.logs USING btree (entity_type, entity_id, id)
CREATE UNIQUE INDEX logs_hash_key ON audit.logs USING btree (hash)
CREATE INDEX logs_newest ON audit.logs USING btree (created_at DESC, id DESC)
CREATE UNIQUE INDEX logs_pkey ON audit.logs USING btree (id)
CREATE UNIQUE INDEX categories_name_key ON catalog.categories USING btree (name)
CREATE INDEX categories_parent ON catalog.categories USING btree (parent_id)
CREATE UNIQUE INDEX categories_pkey ON catalog.categories USING btree (id)
CREATE UNIQUE INDEX categories_slug_key ON catalog.categories USING btree (slug)
CREATE INDEX products_category ON catalog.products USING btree (category_id, created_at DESC, id DESC)
CREATE INDEX products_deactivated_by ON catalog.products USING btree (deactivated_by)
CREATE INDEX products_listed_by_shop ON catalog.products USING btree (shop_id) INCLUDE (category_id, rent_expires_at) WHERE ((moderation_status = 'approved'::text) AND is_active AND (deleted_at IS NULL))
CREATE INDEX products_most_bought ON catalog.products USING btree (purchases_count DESC, id DESC) WHERE ((moderation_status = 'approved'::text) AND is_active AND (deleted_at IS NULL))
CREATE INDEX products_most_viewed ON catalog.products USING btree (views_count DESC, id DESC) WHERE ((moderation_status = 'approved'::text) AND is_active AND (deleted_at IS NULL))
CREATE INDEX products_newest ON catalog.products USING btree (created_at DESC, id DESC) WHERE ((moderation_status = 'approved'::text) AND is_active AND (deleted_at IS NULL))
CREATE UNIQUE INDEX products_pkey ON catalog.products USING btree (id)
CREATE INDEX products_price ON catalog.products USING btree (price_cents, id) WHERE ((moderation_status = 'approved'::text) AND is_active AND (deleted_at IS NULL))
CREATE INDEX products_shop ON catalog.products USING btree (shop_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX products_text ON catalog.products USING gin ((((name || ' '::text) || COALESCE(description, ''::text))) gin_trgm_ops)
CREATE UNIQUE INDEX reviews_pkey ON catalog.reviews USING btree (id)
CREATE INDEX reviews_product ON catalog.reviews USING btree (product_id, created_at DESC, id DESC)
CREATE UNIQUE INDEX reviews_user_id_product_id_key ON catalog.reviews USING btree (user_id, product_id)
CREATE INDEX erasures_open ON compliance.erasures USING btree (requested_at) WHERE (finished_at IS NULL)
CREATE UNIQUE INDEX erasures_pkey ON compliance.erasures USING btree (id)
CREATE UNIQUE INDEX erasures_profile_profile_id_key ON compliance.erasures USING btree (profile, profile_id)
CREATE INDEX exports_account ON compliance.exports USING btree (account_id, requested_at DESC)
CREATE INDEX exports_expiry ON compliance.exports USING btree (expires_at)
CREATE INDEX exports_open ON compliance.exports USING btree (requested_at) WHERE (status = ANY (ARRAY['waiting'::text, 'running'::text]))
CREATE UNIQUE INDEX exports_pkey ON compliance.exports USING btree (id)
CREATE UNIQUE INDEX exports_storage_key_key ON compliance.exports USING btree (storage_key)
CREATE UNIQUE INDEX exports_token_hash_key ON compliance.exports USING btree (token_hash)
CREATE INDEX exports_user ON compliance.exports USING btree (user_id)
CREATE UNIQUE INDEX accounts_apple_id_key ON identity.accounts USING btree (apple_id)
CREATE INDEX accounts_blocked ON identity.accounts USING btree (id) WHERE (blocked_at IS NOT NULL)
CREATE INDEX accounts_blocked_by ON identity.accounts USING btree (blocked_by) WHERE (blocked_by IS NOT NULL)
CREATE UNIQUE INDEX accounts_email_key ON identity.accounts USING btree (email)
CREATE INDEX accounts_email_text ON identity.accounts USING gin (email gin_trgm_ops)
CREATE UNIQUE INDEX accounts_google_id_key ON identity.accounts USING btree (google_id)
CREATE UNIQUE INDEX accounts_pkey ON identity.accounts USING btree (id)
CREATE UNIQUE INDEX accounts_telegram_id_key ON identity.accounts USING btree (telegram_id)
CREATE INDEX consents_account ON identity.consents USING btree (account_id, document, id)
CREATE UNIQUE INDEX consents_pkey ON identity.consents USING btree (id)
CREATE INDEX email_tokens_account ON identity.email_tokens USING btree (account_id, purpose)
CREATE INDEX email_tokens_expiry ON identity.email_tokens USING btree (expires_at)
CREATE UNIQUE INDEX email_tokens_pkey ON identity.email_tokens USING btree (id)
CREATE INDEX email_tokens_session ON identity.email_tokens USING btree (session_id) WHERE (session_id IS NOT NULL)
CREATE UNIQUE INDEX email_tokens_token_hash_key ON identity.email_tokens USING btree (token_hash)
CREATE INDEX passkeys_account ON identity.passkeys USING btree (account_id, id)
CREATE UNIQUE INDEX passkeys_credential_id_key ON identity.passkeys USING btree (credential_id)
CREATE UNIQUE INDEX passkeys_pkey ON identity.passkeys USING btree (id)
CREATE UNIQUE INDEX recovery_codes_account_id_code_hash_key ON identity.recovery_codes USING btree (account_id, code_hash)
CREATE UNIQUE INDEX recovery_codes_pkey ON identity.recovery_codes USING btree (id)
CREATE INDEX refresh_tokens_expiry ON identity.refresh_tokens USING btree (expires_at)
CREATE UNIQUE INDEX refresh_tokens_pkey ON identity.refresh_tokens USING btree (id)
CREATE INDEX refresh_tokens_session ON identity.refresh_tokens USING btree (session_id)
CREATE UNIQUE INDEX refresh_tokens_token_hash_key ON identity.refresh_tokens USING btree (token_hash)
CREATE INDEX sessions_account ON identity.sessions USING btree (account_id, id)
CREATE INDEX sessions_expiry ON identity.sessions USING btree (expires_at)
CREATE UNIQUE INDEX sessions_pkey ON identity.sessions USING btree (id)
CREATE UNIQUE INDEX sessions_public_id_key ON identity.sessions USING btree (public_id)
CREATE UNIQUE INDEX shops_account_id_key ON identity.shops USING btree (account_id)
CREATE INDEX shops_blocked_by ON identity.shops USING btree (blocked_by)
CREATE INDEX shops_by_name ON identity.shops USING btree (shop_name, id) WHERE (deleted_at IS NULL)
CREATE INDEX shops_name_text ON identity.shops USING gin (shop_name gin_trgm_ops)
CREATE INDEX shops_newest ON identity.shops USING btree (created_at DESC, id DESC) WHERE (deleted_at IS NULL)
CREATE UNIQUE INDEX shops_pkey ON identity.shops USING btree (id)
CREATE INDEX shops_public ON identity.shops USING btree (created_at DESC, id DESC) WHERE (is_approved AND (paused_at IS NULL) AND (blocked_at IS NULL) AND (deleted_at IS NULL))
CREATE INDEX shops_waiting ON identity.shops USING btree (created_at DESC, id DESC) WHERE ((NOT is_approved) AND (deleted_at IS NULL))
CREATE UNIQUE INDEX two_factor_secrets_pkey ON identity.two_factor_secrets USING btree (account_id)
CREATE UNIQUE INDEX users_account_id_key ON identity.users USING btree (account_id)
CREATE INDEX users_admins ON identity.users USING btree (id) WHERE (role = 'admin'::text)
CREATE INDEX users_by_name ON identity.users USING btree (name, id)
CREATE INDEX users_name_text ON identity.users USING gin (name gin_trgm_ops)
CREATE INDEX users_newest ON identity.users USING btree (created_at DESC, id DESC)
CREATE UNIQUE INDEX users_pkey ON identity.users USING btree (id)
CREATE UNIQUE INDEX idempotency_keys_account_key_route_key ON infra.idempotency_keys USING btree (account, key, route)
CREATE INDEX idempotency_keys_expiry ON infra.idempotency_keys USING btree (expires_at)
CREATE UNIQUE INDEX idempotency_keys_pkey ON infra.idempotency_keys USING btree (id)
CREATE UNIQUE INDEX migrations_pkey ON infra.migrations USING btree (name)
CREATE INDEX outbox_events_delivered ON infra.outbox_events USING btree (delivered_at) WHERE (delivered_at IS NOT NULL)
CREATE UNIQUE INDEX outbox_events_pkey ON infra.outbox_events USING btree (id)
CREATE INDEX outbox_events_waiting ON infra.outbox_events USING btree (id) WHERE (delivered_at IS NULL)
CREATE INDEX files_expiry ON media.files USING btree (expires_at) WHERE (expires_at IS NOT NULL)
CREATE INDEX files_owner ON media.files USING btree (owner_account_id, kind, id DESC)
CREATE UNIQUE INDEX files_pkey ON media.files USING btree (id)
CREATE INDEX files_quota ON media.files USING btree (owner_account_id, created_at) INCLUDE (bytes, uploaded_bytes) WHERE (deleted_at IS NULL)
CREATE UNIQUE INDEX files_storage_key_key ON media.files USING btree (storage_key)
CREATE UNIQUE INDEX queue_pkey ON moderation.queue USING btree (id)
CREATE UNIQUE INDEX queue_product_id_key ON moderation.queue USING btree (product_id)
CREATE INDEX queue_reviewed_by ON moderation.queue USING btree (reviewed_by)
CREATE INDEX queue_waiting ON moderation.queue USING btree (submitted_at, id) WHERE (reviewed_at IS NULL)
CREATE INDEX mails_account ON notifications.mails USING btree (account_id) WHERE (account_id IS NOT NULL)
CREATE INDEX mails_address ON notifications.mails USING btree (to_address)
CREATE UNIQUE INDEX mails_dedupe_key_key ON notifications.mails USING btree (dedupe_key)
CREATE INDEX mails_newest ON notifications.mails USING btree (id DESC)
CREATE UNIQUE INDEX mails_pkey ON notifications.mails USING btree (id)
CREATE INDEX mails_queued ON notifications.mails USING btree (created_at) WHERE (status = 'queued'::text)
CREATE UNIQUE INDEX provider_events_pkey ON payments.provider_events USING btree (id)
CREATE UNIQUE INDEX provider_events_provider_provider_event_id_key ON payments.provider_events USING btree (provider, provider_event_id)
CREATE INDEX provider_events_waiting ON payments.provider_events USING btree (id) WHERE (processed_at IS NULL)
CREATE UNIQUE INDEX platform_settings_key_key ON settings.platform_settings USING btree (key)
CREATE UNIQUE INDEX platform_settings_pkey ON settings.platform_settings USING btree (id)
CREATE UNIQUE INDEX setting_versions_key_version_key ON settings.setting_versions USING btree (key, version)
CREATE UNIQUE INDEX setting_versions_pkey ON settings.setting_versions USING btree (id)
CREATE INDEX counters_expiry ON shared.counters USING btree (expires_at)
CREATE UNIQUE INDEX counters_pkey ON shared.counters USING btree (key)
CREATE INDEX entries_expiry ON shared.entries USING btree (expires_at)
CREATE UNIQUE INDEX entries_pkey ON shared.entries USING btree (key)
CREATE INDEX messages_expiry ON shared.messages USING btree (expires_at)
CREATE UNIQUE INDEX messages_pkey ON shared.messages USING btree (id)
CREATE UNIQUE INDEX garment_cuts_pkey ON studio.garment_cuts USING btree (image_key)
CREATE INDEX generations_hold ON studio.generations USING btree (hold_id)
CREATE INDEX generations_open ON studio.generations USING btree (created_at) WHERE (status = ANY (ARRAY['queued'::text, 'processing'::text]))
CREATE UNIQUE INDEX generations_pkey ON studio.generations USING btree (id)
CREATE INDEX generations_product ON studio.generations USING btree (product_id)
CREATE INDEX generations_transaction ON studio.generations USING btree (transaction_id)
CREATE INDEX generations_user ON studio.generations USING btree (user_id, created_at DESC, id DESC)
CREATE UNIQUE INDEX generations_user_id_request_key_key ON studio.generations USING btree (user_id, request_key)
CREATE UNIQUE INDEX sample_people_person_key_key ON studio.sample_people USING btree (person_key)
CREATE UNIQUE INDEX sample_people_pkey ON studio.sample_people USING btree (id)
CREATE UNIQUE INDEX accounts_code_key ON wallet.accounts USING btree (code)
CREATE UNIQUE INDEX accounts_pkey ON wallet.accounts USING btree (id)
CREATE UNIQUE INDEX accounts_shop_id_key ON wallet.accounts USING btree (shop_id)
CREATE UNIQUE INDEX accounts_user_id_key ON wallet.accounts USING btree (user_id)
CREATE INDEX balance_holds_account ON wallet.balance_holds USING btree (account_id)
CREATE INDEX balance_holds_open ON wallet.balance_holds USING btree (expires_at) WHERE (status = 'held'::text)
CREATE UNIQUE INDEX balance_holds_pkey ON wallet.balance_holds USING btree (id)
CREATE UNIQUE INDEX free_credits_pkey ON wallet.free_credits USING btree (user_id)
CREATE INDEX ledger_entries_account ON wallet.ledger_entries USING btree (account_id, id)
CREATE UNIQUE INDEX ledger_entries_pkey ON wallet.ledger_entries USING btree (id)
CREATE INDEX ledger_entries_transaction ON wallet.ledger_entries USING btree (transaction_id)
CREATE UNIQUE INDEX transactions_idempotency_key_key ON wallet.transactions USING btree (idempotency_key)
CREATE UNIQUE INDEX transactions_paypal_capture_id_key ON wallet.transactions USING btree (paypal_capture_id)
CREATE UNIQUE INDEX transactions_paypal_order_id_key ON wallet.transactions USING btree (paypal_order_id)
CREATE INDEX transactions_pending ON wallet.transactions USING btree (created_at) WHERE (status = 'PENDING'::text)
CREATE UNIQUE INDEX transactions_pkey ON wallet.transactions USING btree (id)
CREATE INDEX transactions_shop ON wallet.transactions USING btree (shop_id, created_at DESC, id DESC) WHERE (shop_id IS NOT NULL)
CREATE INDEX transactions_user ON wallet.transactions USING btree (user_id, created_at DESC, id DESC) WHERE (user_id IS NOT NULL)
CREATE INDEX items_category ON wardrobe.items USING btree (category_id)
CREATE INDEX items_generation ON wardrobe.items USING btree (generation_id)
CREATE UNIQUE INDEX items_pkey ON wardrobe.items USING btree (id)
CREATE INDEX items_product ON wardrobe.items USING btree (original_product_id)
CREATE INDEX items_user ON wardrobe.items USING btree (user_id, created_at DESC, id DESC)

view audit.v_deleted_cards as
 SELECT entity_id AS id,
    ( SELECT wall.shop_id() AS shop_id) AS shop_id
   FROM audit.logs
  WHERE ((action = 'catalog.product_deleted'::text) AND ((old_values ->> 'shop_id'::text) = (( SELECT wall.shop_id() AS shop_id))::text) AND (entity_id IS NOT NULL));
view audit.v_shop_log_ids as
 SELECT logs.id,
    ( SELECT wall.shop_id() AS shop_id) AS shop_id
   FROM audit.logs
  WHERE ((logs.entity_type = 'shop'::text) AND (logs.entity_id = ( SELECT wall.shop_id() AS shop_id)))
UNION ALL
 SELECT l.id,
    ( SELECT wall.shop_id() AS shop_id) AS shop_id
   FROM (( SELECT products.id
           FROM catalog.products
          WHERE (products.shop_id = ( SELECT wall.shop_id() AS shop_id))
        UNION
         SELECT v_deleted_cards.id
           FROM audit.v_deleted_cards) card
     JOIN audit.logs l ON (((l.entity_id = card.id) AND (l.entity_type = 'product'::text))));
view catalog.v_listed_products as
 SELECT p.id,
    p.shop_id,
    p.category_id,
    p.name,
    p.description,
    p.characteristics,
    p.price_cents,
    p.images,
    p.rent_expires_at,
    p.is_active,
    p.moderation_status,
    p.moderation_notes,
    p.views_count,
    p.try_ons_count,
    p.purchases_count,
    p.approval_fee_charged_at,
    p.first_approved_at,
    p.deactivated_by,
    p.deactivated_at,
    p.deleted_at,
    p.version,
    p.reviews_count,
    p.ratings_sum,
    p.created_at,
    p.updated_at,
    s.shop_name,
    true AS is_listed
   FROM (catalog.products p
     JOIN identity.v_public_shops s ON ((s.id = p.shop_id)))
  WHERE ((p.deleted_at IS NULL) AND (p.moderation_status = 'approved'::text) AND p.is_active AND ((p.rent_expires_at IS NULL) OR (p.rent_expires_at > now())));
view catalog.v_products as
 SELECT p.id,
    p.shop_id,
    p.category_id,
    p.name,
    p.description,
    p.characteristics,
    p.price_cents,
    p.images,
    p.rent_expires_at,
    p.is_active,
    p.moderation_status,
    p.moderation_notes,
    p.views_count,
    p.try_ons_count,
    p.purchases_count,
    p.approval_fee_charged_at,
    p.first_approved_at,
    p.deactivated_by,
    p.deactivated_at,
    p.deleted_at,
    p.version,
    p.reviews_count,
    p.ratings_sum,
    p.created_at,
    p.updated_at,
    s.shop_name,
    ((p.deleted_at IS NULL) AND (p.moderation_status = 'approved'::text) AND p.is_active AND s.is_public AND ((p.rent_expires_at IS NULL) OR (p.rent_expires_at > now()))) AS is_listed
   FROM (catalog.products p
     JOIN identity.v_shops s ON ((s.id = p.shop_id)))
  WHERE (( SELECT wall.sees_all() AS sees_all) OR (p.shop_id = ( SELECT wall.shop_id() AS shop_id)) OR ((p.deleted_at IS NULL) AND (p.moderation_status = 'approved'::text) AND p.is_active AND s.is_public AND ((p.rent_expires_at IS NULL) OR (p.rent_expires_at > now()))));
view identity.v_consents (security_invoker=true) as
 SELECT DISTINCT ON (account_id, document) account_id,
    document,
    version,
    accepted_at,
    withdrawn_at
   FROM identity.consents
  ORDER BY account_id, document, id DESC;
view identity.v_people as
 SELECT u.id,
    u.name,
    u.avatar_url,
    (a.deleted_at IS NOT NULL) AS is_deleted
   FROM (identity.users u
     JOIN identity.accounts a ON ((a.id = u.account_id)));
view identity.v_public_shops as
 SELECT id,
    shop_name
   FROM identity.shops
  WHERE (is_approved AND (paused_at IS NULL) AND (blocked_at IS NULL) AND (deleted_at IS NULL));
view identity.v_shop_contacts (security_invoker=true) as
 SELECT s.id AS shop_id,
    a.email,
    a.locale
   FROM (identity.shops s
     JOIN identity.accounts a ON ((a.id = s.account_id)))
  WHERE ((s.deleted_at IS NULL) AND (a.deleted_at IS NULL));
view identity.v_shop_search as
 SELECT s.id,
    s.shop_name,
    a.email
   FROM (identity.shops s
     LEFT JOIN identity.accounts a ON ((a.id = s.account_id)))
  WHERE ( SELECT wall.sees_all() AS sees_all);
view identity.v_shops as
 SELECT s.id,
    s.account_id,
    s.shop_name,
    s.description,
    s.avatar_url,
    s.phone,
    s.whatsapp_number,
    s.address,
    s.is_approved,
    ((s.paused_at IS NULL) AND (s.blocked_at IS NULL)) AS is_active,
    (s.is_approved AND (s.paused_at IS NULL) AND (s.blocked_at IS NULL) AND (s.deleted_at IS NULL)) AS is_public,
    (s.is_approved AND (s.blocked_at IS NULL) AND (s.deleted_at IS NULL)) AS may_trade,
    s.created_at,
    a.locale
   FROM (identity.shops s
     LEFT JOIN identity.accounts a ON ((a.id = s.account_id)))
  WHERE ((s.is_approved AND (s.paused_at IS NULL) AND (s.blocked_at IS NULL) AND (s.deleted_at IS NULL)) OR ( SELECT wall.sees_all() AS sees_all) OR (s.account_id = ( SELECT wall.account_id() AS account_id)));
view identity.v_user_search as
 SELECT u.id,
    u.name,
    a.email
   FROM (identity.users u
     LEFT JOIN identity.accounts a ON ((a.id = u.account_id)))
  WHERE ( SELECT wall.sees_all() AS sees_all);
view identity.v_users (security_invoker=true) as
 SELECT u.id,
    u.account_id,
    u.name,
    u.avatar_url,
    u.role,
    a.email,
    a.locale,
    (a.deleted_at IS NOT NULL) AS is_deleted
   FROM (identity.users u
     JOIN identity.accounts a ON ((a.id = u.account_id)));
view media.v_files (security_invoker=true) as
 SELECT id,
    storage_key,
    owner_account_id,
    kind,
    visibility,
    mime,
    bytes,
    width,
    height,
    preview,
    created_at,
    linked_at,
    expires_at
   FROM media.files
  WHERE ((deleted_at IS NULL) AND ((expires_at IS NULL) OR (expires_at > now())));
view studio.v_generations (security_invoker=true) as
 SELECT id,
    user_id,
    product_id,
    type,
    mode,
    status,
    prompt,
    cost_cents,
    error_code,
    created_at,
    finished_at
   FROM studio.generations;
view wallet.v_shop_funds (security_invoker=true) as
 SELECT s.id AS shop_id,
    COALESCE(a.balance_cents, (0)::bigint) AS balance_cents
   FROM (identity.shops s
     LEFT JOIN wallet.accounts a ON ((a.shop_id = s.id)));
view wallet.v_transactions (security_invoker=true) as
 SELECT id,
    user_id,
    shop_id,
    type,
    amount_cents,
    currency,
    status,
    payment_method,
    description,
    created_at,
    completed_at
   FROM wallet.transactions;
view wallet.v_user_funds (security_invoker=true) as
 SELECT u.id AS user_id,
    COALESCE(a.balance_cents, (0)::bigint) AS balance_cents,
    COALESCE(a.held_cents, (0)::bigint) AS held_cents,
    COALESCE(f.generations_left, 0) AS free_generations_left,
    COALESCE(f.try_ons_left, 0) AS free_try_ons_left
   FROM ((identity.users u
     LEFT JOIN wallet.accounts a ON ((a.user_id = u.id)))
     LEFT JOIN wallet.free_credits f ON ((f.user_id = u.id)));
view wardrobe.v_generation_items (security_invoker=true) as
 SELECT generation_id,
    id AS item_id
   FROM wardrobe.items
  WHERE (generation_id IS NOT NULL);

CREATE OR REPLACE FUNCTION approvals.keep_decided()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op <> 'UPDATE' then
    raise exception 'approvals.approvals keeps every request';
  end if;
  if old.state <> 'waiting'
    or (new.id, new.kind, new.subject, new.payload, new.reason, new.asked_by, new.asked_at, new.expires_at)
      is distinct from
      (old.id, old.kind, old.subject, old.payload, old.reason, old.asked_by, old.asked_at, old.expires_at) then
    raise exception 'approvals.approvals: a request is decided once and is otherwise never changed';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION audit.advance_head()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  update audit.chain_head set rows_count = rows_count + 1, last_id = new.id, last_hash = new.hash
  where last_hash = new.previous_hash;
  if not found then
    raise exception 'audit.logs: the row does not follow the end of the chain';
  end if;
  return null;
end $function$

CREATE OR REPLACE FUNCTION audit.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'audit.logs is append-only';
end $function$

CREATE OR REPLACE FUNCTION settings.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'settings.setting_versions is append-only';
end $function$

CREATE OR REPLACE FUNCTION wall.account_id()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('leema.account_id'::text, true), ''::text))::bigint

CREATE OR REPLACE FUNCTION wall.is_system()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE((current_setting('leema.kind'::text, true) = 'system'::text), false)

CREATE OR REPLACE FUNCTION wall.sees_all()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE((current_setting('leema.kind'::text, true) = ANY (ARRAY['system'::text, 'admin'::text])), false)

CREATE OR REPLACE FUNCTION wall.shop_id()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('leema.shop_id'::text, true), ''::text))::bigint

CREATE OR REPLACE FUNCTION wall.user_id()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('leema.user_id'::text, true), ''::text))::bigint

CREATE OR REPLACE FUNCTION wallet.assert_balanced()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if (select sum(amount_cents) from wallet.ledger_entries where transaction_id = new.transaction_id) <> 0 then
    raise exception 'entries of transaction % do not sum to zero', new.transaction_id;
  end if;
  return null;
end $function$

CREATE OR REPLACE FUNCTION wallet.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'wallet.ledger_entries is append-only';
end $function$


CREATE TRIGGER approvals_kept BEFORE DELETE OR UPDATE ON approvals.approvals FOR EACH ROW EXECUTE FUNCTION approvals.keep_decided()
CREATE TRIGGER approvals_no_truncate BEFORE TRUNCATE ON approvals.approvals FOR EACH STATEMENT EXECUTE FUNCTION approvals.keep_decided()
CREATE TRIGGER chain_head_kept BEFORE DELETE OR TRUNCATE ON audit.chain_head FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER logs_advance_head AFTER INSERT ON audit.logs FOR EACH ROW EXECUTE FUNCTION audit.advance_head()
CREATE TRIGGER logs_append_only BEFORE DELETE OR UPDATE ON audit.logs FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER logs_no_truncate BEFORE TRUNCATE ON audit.logs FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER setting_versions_append_only BEFORE DELETE OR UPDATE ON settings.setting_versions FOR EACH ROW EXECUTE FUNCTION settings.refuse_change()
CREATE TRIGGER setting_versions_no_truncate BEFORE TRUNCATE ON settings.setting_versions FOR EACH STATEMENT EXECUTE FUNCTION settings.refuse_change()
CREATE TRIGGER ledger_append_only BEFORE DELETE OR UPDATE ON wallet.ledger_entries FOR EACH ROW EXECUTE FUNCTION wallet.refuse_change()
CREATE CONSTRAINT TRIGGER ledger_balanced AFTER INSERT ON wallet.ledger_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wallet.assert_balanced()
CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON wallet.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION wallet.refuse_change()

row security approvals.approvals
row security audit.logs
row security catalog.products
row security catalog.reviews
row security compliance.erasures
row security compliance.exports
row security identity.accounts
row security identity.consents
row security identity.email_tokens
row security identity.passkeys
row security identity.recovery_codes
row security identity.refresh_tokens
row security identity.sessions
row security identity.shops
row security identity.two_factor_secrets
row security identity.users
row security infra.idempotency_keys
row security infra.outbox_events
row security media.files
row security moderation.queue
row security notifications.mails
row security payments.provider_events
row security settings.setting_versions
row security studio.garment_cuts
row security studio.generations
row security wallet.accounts
row security wallet.balance_holds
row security wallet.free_credits
row security wallet.ledger_entries
row security wallet.transactions
row security wardrobe.items

policy asked on approvals.approvals for insert
  with check (( SELECT wall.is_system() AS is_system) OR (asked_by = ( SELECT wall.user_id() AS user_id)))
policy decided on approvals.approvals for update
  using ( SELECT wall.sees_all() AS sees_all)
  with check (( SELECT wall.is_system() AS is_system) OR (decided_by IS NULL) OR (decided_by = ( SELECT wall.user_id() AS user_id)))
policy staff on approvals.approvals for select
  using ( SELECT wall.sees_all() AS sees_all)
policy own on audit.logs for all
  using ( SELECT wall.sees_all() AS sees_all)
policy told on audit.logs for insert
  with check (((user_id IS NULL) OR (user_id = ( SELECT wall.user_id() AS user_id))) AND ((shop_id IS NULL) OR (shop_id = ( SELECT wall.shop_id() AS shop_id))))
policy told_of on audit.logs for select
  using (((entity_type = 'shop'::text) AND (entity_id = ( SELECT wall.shop_id() AS shop_id))) OR ((entity_type = 'product'::text) AND ((EXISTS ( SELECT
   FROM catalog.products p
  WHERE ((p.id = logs.entity_id) AND (p.shop_id = ( SELECT wall.shop_id() AS shop_id))))) OR (EXISTS ( SELECT
   FROM audit.v_deleted_cards d
  WHERE (d.id = logs.entity_id))))))
policy own on catalog.products for all
  using (( SELECT wall.sees_all() AS sees_all) OR (shop_id = ( SELECT wall.shop_id() AS shop_id)))
policy public on catalog.products for select
  using ((deleted_at IS NULL) AND (moderation_status = 'approved'::text) AND is_active AND ((rent_expires_at IS NULL) OR (rent_expires_at > now())) AND (EXISTS ( SELECT
   FROM identity.v_public_shops s
  WHERE (s.id = products.shop_id))))
policy own on catalog.reviews for all
  using (( SELECT wall.sees_all() AS sees_all) OR (user_id = ( SELECT wall.user_id() AS user_id)))
policy public on catalog.reviews for select
  using true
policy own on compliance.erasures for all
  using ( SELECT wall.is_system() AS is_system)
policy own on compliance.exports for all
  using (( SELECT wall.is_system() AS is_system) OR (account_id = ( SELECT wall.account_id() AS account_id)))
policy own on identity.accounts for all
  using (( SELECT wall.sees_all() AS sees_all) OR (id = ( SELECT wall.account_id() AS account_id)))
policy own on identity.consents for all
  using (( SELECT wall.sees_all() AS sees_all) OR (account_id = ( SELECT wall.account_id() AS account_id)))
policy own on identity.email_tokens for all
  using (( SELECT wall.is_system() AS is_system) OR (account_id = ( SELECT wall.account_id() AS account_id)))
policy own on identity.passkeys for all
  using (( SELECT wall.is_system() AS is_system) OR (account_id = ( SELECT wall.account_id() AS account_id)))
policy own on identity.recovery_codes for all
  using (( SELECT wall.is_system() AS is_system) OR (account_id = ( SELECT wall.account_id() AS account_id)))
policy own on identity.refresh_tokens for all
  using (( SELECT wall.is_system() AS is_system) OR (EXISTS ( SELECT
   FROM identity.sessions s
  WHERE ((s.id = refresh_tokens.session_id) AND (s.account_id = ( SELECT wall.account_id() AS account_id))))))
policy own on identity.sessions for all
  using (( SELECT wall.sees_all() AS sees_all) OR (account_id = ( SELECT wall.account_id() AS account_id)))
policy own on identity.shops for all
  using (( SELECT wall.sees_all() AS sees_all) OR (account_id = ( SELECT wall.account_id() AS account_id)))
policy own on identity.two_factor_secrets for all
  using (( SELECT wall.is_system() AS is_system) OR (account_id = ( SELECT wall.account_id() AS account_id)))
policy own on identity.users for all
  using (( SELECT wall.sees_all() AS sees_all) OR (account_id = ( SELECT wall.account_id() AS account_id)))
policy own on infra.idempotency_keys for all
  using (( SELECT wall.is_system() AS is_system) OR (account = ('user:'::text || ( SELECT wall.user_id() AS user_id))) OR (account = ('shop:'::text || ( SELECT wall.shop_id() AS shop_id))))
policy own on infra.outbox_events for all
  using ( SELECT wall.is_system() AS is_system)
policy told on infra.outbox_events for insert
  with check true
policy own on media.files for all
  using (( SELECT wall.sees_all() AS sees_all) OR (owner_account_id = ( SELECT wall.account_id() AS account_id)))
policy own on moderation.queue for all
  using (( SELECT wall.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM catalog.products p
  WHERE ((p.id = queue.product_id) AND (p.shop_id = ( SELECT wall.shop_id() AS shop_id))))))
policy own on notifications.mails for all
  using ( SELECT wall.is_system() AS is_system)
policy own on payments.provider_events for all
  using ( SELECT wall.is_system() AS is_system)
policy changed on settings.setting_versions for insert
  with check (( SELECT wall.is_system() AS is_system) OR (COALESCE(approved_by, changed_by) = ( SELECT wall.user_id() AS user_id)))
policy staff on settings.setting_versions for select
  using ( SELECT wall.sees_all() AS sees_all)
policy own on studio.garment_cuts for all
  using ( SELECT wall.sees_all() AS sees_all)
policy own on studio.generations for all
  using (( SELECT wall.sees_all() AS sees_all) OR (user_id = ( SELECT wall.user_id() AS user_id)))
policy own on wallet.accounts for all
  using (( SELECT wall.sees_all() AS sees_all) OR (user_id = ( SELECT wall.user_id() AS user_id)) OR (shop_id = ( SELECT wall.shop_id() AS shop_id)))
policy own on wallet.balance_holds for all
  using (( SELECT wall.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM wallet.accounts a
  WHERE (a.id = balance_holds.account_id))))
policy own on wallet.free_credits for all
  using (( SELECT wall.sees_all() AS sees_all) OR (user_id = ( SELECT wall.user_id() AS user_id)))
policy own on wallet.ledger_entries for all
  using (( SELECT wall.sees_all() AS sees_all) OR (EXISTS ( SELECT
   FROM wallet.accounts a
  WHERE (a.id = ledger_entries.account_id))))
policy own on wallet.transactions for all
  using (( SELECT wall.sees_all() AS sees_all) OR (user_id = ( SELECT wall.user_id() AS user_id)) OR (shop_id = ( SELECT wall.shop_id() AS shop_id)))
policy own on wardrobe.items for all
  using (( SELECT wall.sees_all() AS sees_all) OR (user_id = ( SELECT wall.user_id() AS user_id)))
