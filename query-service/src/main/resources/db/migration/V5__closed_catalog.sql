-- Whether tokens may name only models of the catalog. At most one row; none means that nobody has closed it yet.
CREATE TABLE catalog_access (
    single boolean NOT NULL CHECK (single),
    closed boolean NOT NULL,
    PRIMARY KEY (single) -- keeps it one row, and finds it
);
