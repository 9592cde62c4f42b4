DROP TABLE ecommerce.user_preferences;
