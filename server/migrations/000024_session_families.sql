-- Sessions that came of one sign-in: a switch to the other profile opens one beside or in place of the first.
-- breaking: no
alter table identity.sessions add column family text;
comment on column identity.sessions.family is 'Public id of the session of the sign-in; null for that one itself.';
