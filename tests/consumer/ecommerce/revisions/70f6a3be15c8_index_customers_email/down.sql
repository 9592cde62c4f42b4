DROP INDEX CONCURRENTLY ecommerce.customers_email_key;
