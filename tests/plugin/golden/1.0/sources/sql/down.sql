DROP TABLE golden;
