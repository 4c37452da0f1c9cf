-- A shop's trail also holds its cards that are gone: the row of their deletion says whose they were.
-- breaking: no
create index logs_deleted_cards on audit.logs ((old_values ->> 'shop_id')) where action = 'catalog.product_deleted';
