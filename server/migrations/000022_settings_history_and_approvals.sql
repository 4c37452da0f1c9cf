-- Settings have versions and a history; and changes that one person asks for and another one decides.
-- breaking: no
alter table settings.platform_settings add column version integer not null default 1;

create table settings.setting_versions (
  id bigint generated always as identity primary key,
  key text not null references settings.platform_settings (key),
  version integer not null,
  old_value text not null,
  new_value text not null,
  old_description text,
  new_description text,
  reason text check (length(reason) <= 500),
  changed_by bigint not null,
  approved_by bigint,
  approval_id bigint,
  changed_at timestamptz not null,
  check (approved_by <> changed_by),
  unique (key, version)
);
comment on column settings.setting_versions.version is 'What the setting has since; the first one, its default, has no row here.';
comment on column settings.setting_versions.changed_by is 'A user, also one who is gone: who wanted the change.';
comment on column settings.setting_versions.approved_by is 'A user: the second person, where two had to agree.';

create function settings.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'settings.setting_versions is append-only';
end $$;
create trigger setting_versions_append_only before update or delete on settings.setting_versions
  for each row execute function settings.refuse_change();
create trigger setting_versions_no_truncate before truncate on settings.setting_versions
  for each statement execute function settings.refuse_change();

create schema approvals;

create table approvals.approvals (
  id bigint generated always as identity primary key,
  kind text not null check (length(kind) <= 100),
  subject text check (length(subject) <= 200),
  payload jsonb not null,
  reason text check (length(reason) <= 500),
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected', 'withdrawn', 'expired')),
  asked_by bigint not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > asked_at),
  decided_by bigint,
  decided_at timestamptz,
  note text check (length(note) <= 1000),
  check ((state = 'waiting') = (decided_at is null)),
  -- Two persons, whatever the code says.
  constraint approvals_two_persons check (
    case state
      when 'approved' then decided_by is not null and decided_by <> asked_by
      when 'rejected' then decided_by is not null and decided_by <> asked_by
      when 'withdrawn' then decided_by is not null and decided_by = asked_by
      else decided_by is null
    end
  )
);
comment on column approvals.approvals.kind is 'slice.change, e.g. settings.change: that slice carries it out.';
comment on column approvals.approvals.subject is 'What is to be changed, in the words of the kind; one request waits for it at a time.';
comment on column approvals.approvals.asked_by is 'A user, also one who is gone.';
create unique index approvals_one_waiting on approvals.approvals (kind, subject) where state = 'waiting';
create index approvals_overdue on approvals.approvals (expires_at) where state = 'waiting';
create index approvals_by_state on approvals.approvals (state, id);

-- What was asked stays as it was asked, and what was decided stays decided.
create function approvals.keep_decided() returns trigger language plpgsql as $$
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
end $$;
create trigger approvals_kept before update or delete on approvals.approvals
  for each row execute function approvals.keep_decided();
create trigger approvals_no_truncate before truncate on approvals.approvals
  for each statement execute function approvals.keep_decided();

-- The second wall: the staff's own, written in nobody else's name. The platform itself only ends what is overdue.
alter table settings.setting_versions enable row level security;
create policy staff on settings.setting_versions for select using ((select wall.sees_all()));
create policy changed on settings.setting_versions for insert with check (
  (select wall.is_system()) or coalesce(approved_by, changed_by) = (select wall.user_id()));
alter table approvals.approvals enable row level security;
create policy staff on approvals.approvals for select using ((select wall.sees_all()));
create policy asked on approvals.approvals for insert with check (
  (select wall.is_system()) or asked_by = (select wall.user_id()));
create policy decided on approvals.approvals for update using ((select wall.sees_all())) with check (
  (select wall.is_system()) or decided_by is null or decided_by = (select wall.user_id()));
