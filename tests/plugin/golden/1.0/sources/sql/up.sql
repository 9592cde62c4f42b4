-- cairn: id = g10_sql
-- cairn: message = a table
-- cairn: labels = golden
-- cairn: author = Golden
-- cairn: date = 2025-11-30
-- cairn: purpose = the oldest SQL revision
-- cairn: estimated_runtime = 20 ms
-- cairn: min_server_version = 130000
-- cairn: phase = expand
-- cairn: release = 1.0
CREATE TABLE golden (id int PRIMARY KEY, word text NOT NULL);
INSERT INTO golden VALUES (1, 'one'), (2, 'two'), (3, 'three');
