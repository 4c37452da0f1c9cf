-- Telegram as a way of signing in: the number of the person there.
-- breaking: no
alter table identity.accounts add column telegram_id text unique check (length(telegram_id) <= 255);
