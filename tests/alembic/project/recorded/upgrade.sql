BEGIN;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 3f1c9a7b2d10

CREATE TABLE authors (
    id SERIAL NOT NULL, 
    name TEXT NOT NULL, 
    PRIMARY KEY (id)
);

COMMENT ON COLUMN authors.name IS 'as printed; 100% of the name';

CREATE TYPE book_kind AS ENUM ('novel', 'essay');

CREATE TABLE books (
    id SERIAL NOT NULL, 
    author INTEGER NOT NULL, 
    title TEXT NOT NULL, 
    kind book_kind DEFAULT 'novel', 
    bought TIMESTAMP WITH TIME ZONE DEFAULT now(), 
    PRIMARY KEY (id), 
    CONSTRAINT books_author_fkey FOREIGN KEY(author) REFERENCES authors (id)
);

CREATE FUNCTION folded(title text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $body$
        BEGIN

          -- Running upgrade 3f1c9a7b2d10 -> 8a5e2c4f6b01
          RETURN lower(title);

        END $body$;;

CREATE INDEX books_title ON books (folded(title));

INSERT INTO alembic_version (version_num) VALUES ('3f1c9a7b2d10') RETURNING alembic_version.version_num;

-- Running upgrade 3f1c9a7b2d10 -> 8a5e2c4f6b01

CREATE TABLE loans (
    book INTEGER NOT NULL, 
    reader TEXT NOT NULL, 
    FOREIGN KEY(book) REFERENCES books (id)
);

INSERT INTO authors VALUES (1, 'Anna Seghers');

INSERT INTO books (id, author, title, bought) VALUES (1, 1, 'Transit', '2023-01-02'), (2, 1, '50% :off; it''s', NULL);

INSERT INTO loans (book, reader) VALUES (1, 'O''Brien');

INSERT INTO loans (book, reader) VALUES (2, 'C. D.');

UPDATE alembic_version SET version_num='8a5e2c4f6b01' WHERE alembic_version.version_num = '3f1c9a7b2d10';

-- Running upgrade  -> 51f0b7c2e9d4

CREATE VIEW loans_by_book AS SELECT book, count(*)::int AS times FROM loans GROUP BY book;

UPDATE alembic_version SET version_num='51f0b7c2e9d4' WHERE alembic_version.version_num = '8a5e2c4f6b01';

-- Running upgrade 3f1c9a7b2d10 -> c47d0e9183aa

COMMIT;

CREATE INDEX CONCURRENTLY books_bought ON books (bought);

BEGIN;

INSERT INTO alembic_version (version_num) VALUES ('c47d0e9183aa') RETURNING alembic_version.version_num;

-- Running upgrade c47d0e9183aa, 8a5e2c4f6b01 -> d9b6f2a05c3e

UPDATE alembic_version SET version_num='d9b6f2a05c3e' WHERE alembic_version.version_num = 'c47d0e9183aa';

COMMIT;

