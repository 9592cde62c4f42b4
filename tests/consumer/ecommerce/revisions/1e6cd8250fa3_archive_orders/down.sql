-- Nothing that was archived is lost.
SELECT archive.restore_orders(array(SELECT id FROM archive.orders));
DROP FUNCTION archive.restore_orders(uuid[]);
DROP FUNCTION archive.archive_orders(interval, integer);
DROP TABLE archive.orders;
