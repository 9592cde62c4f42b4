BEGIN;

-- Running downgrade d9b6f2a05c3e -> c47d0e9183aa, 8a5e2c4f6b01

INSERT INTO alembic_version (version_num) VALUES ('c47d0e9183aa') RETURNING alembic_version.version_num;

UPDATE alembic_version SET version_num='8a5e2c4f6b01' WHERE alembic_version.version_num = 'd9b6f2a05c3e';

-- Running downgrade c47d0e9183aa -> 3f1c9a7b2d10

COMMIT;

DROP INDEX CONCURRENTLY books_bought;

BEGIN;

DELETE FROM alembic_version WHERE alembic_version.version_num = 'c47d0e9183aa';

-- Running downgrade 8a5e2c4f6b01 -> 3f1c9a7b2d10

DROP TABLE loans;

DELETE FROM books;

DELETE FROM authors;

UPDATE alembic_version SET version_num='3f1c9a7b2d10' WHERE alembic_version.version_num = '8a5e2c4f6b01';

-- Running downgrade 3f1c9a7b2d10 -> 

DROP INDEX books_title;

DROP FUNCTION folded(text);

DROP TABLE books;

DROP TYPE book_kind;

DROP TABLE authors;

DELETE FROM alembic_version WHERE alembic_version.version_num = '3f1c9a7b2d10';

DROP TABLE alembic_version;

COMMIT;

BEGIN;

-- Running downgrade 51f0b7c2e9d4 -> 

DROP VIEW loans_by_book;

UPDATE alembic_version SET version_num='8a5e2c4f6b01' WHERE alembic_version.version_num = '51f0b7c2e9d4';

-- Running downgrade 8a5e2c4f6b01 -> 3f1c9a7b2d10

DROP TABLE loans;

DELETE FROM books;

DELETE FROM authors;

UPDATE alembic_version SET version_num='3f1c9a7b2d10' WHERE alembic_version.version_num = '8a5e2c4f6b01';

-- Running downgrade 3f1c9a7b2d10 -> 

DROP INDEX books_title;

DROP FUNCTION folded(text);

DROP TABLE books;

DROP TYPE book_kind;

DROP TABLE authors;

DELETE FROM alembic_version WHERE alembic_version.version_num = '3f1c9a7b2d10';

DROP TABLE alembic_version;

COMMIT;

