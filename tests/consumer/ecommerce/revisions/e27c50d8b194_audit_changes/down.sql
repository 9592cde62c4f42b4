DROP TRIGGER audit ON ecommerce.payments;
DROP TRIGGER audit ON ecommerce.orders;
DROP TRIGGER audit ON ecommerce.products;
DROP TRIGGER audit ON ecommerce.addresses;
DROP TRIGGER audit ON ecommerce.customers;
DROP TABLE audit.entries;
DROP FUNCTION audit.refuse();
DROP FUNCTION audit.record();
