DROP TABLE ecommerce.products;
DROP TABLE ecommerce.categories;
DROP TABLE ecommerce.addresses;
DROP TYPE ecommerce.address_kind;
DROP TABLE ecommerce.customers;
