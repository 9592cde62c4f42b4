SELECT indexrelid::regclass FROM pg_catalog.pg_index
 WHERE indexrelid = 'ecommerce.customers_email_key'::regclass AND NOT indisvalid;
