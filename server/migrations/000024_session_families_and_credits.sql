-- Sessions that came of one sign-in: a switch to the other profile opens one beside or in place of the first. And what an
-- account had before.
-- breaking: no
alter table identity.sessions add column family text;
comment on column identity.sessions.family is 'Public id of the session of the sign-in; null for that one itself.';

-- Free credits are a welcome, given once to an account however often its user profile is erased and made anew.
alter table identity.accounts add column had_user boolean not null default false;
comment on column identity.accounts.had_user is 'A user profile of it was erased while the account lived on.';
