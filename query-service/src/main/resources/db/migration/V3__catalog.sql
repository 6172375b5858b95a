CREATE TABLE catalog_group (
    name         text    NOT NULL,
    display_name text    NOT NULL,
    retired      boolean NOT NULL,
    PRIMARY KEY (name) -- a group by its name, and all in order
);

CREATE TABLE catalog_model (
    model   text    NOT NULL,
    retired boolean NOT NULL,
    PRIMARY KEY (model) -- a model by its id, and all in order
);
