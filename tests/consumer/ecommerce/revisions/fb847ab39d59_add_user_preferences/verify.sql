SELECT id, email FROM ecommerce.customers c
 WHERE NOT EXISTS (SELECT FROM ecommerce.user_preferences p WHERE p.customer_id = c.id);
