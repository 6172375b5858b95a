-- What every token and account is now. Status is not stored: it depends on the time of asking.
CREATE TABLE token (
    token_id        uuid        NOT NULL,
    account_id      uuid        NOT NULL,
    name            text        NOT NULL,
    group_name      text        NOT NULL,
    quota_limit     bigint,      -- units; null is unlimited
    models          text[],      -- null is any
    ip_allowlist    text[],      -- null is any
    expires_at      timestamptz, -- null is never
    mask            text        NOT NULL,
    enabled         boolean     NOT NULL,
    disabled_reason text,
    expired         boolean     NOT NULL,
    deleted         boolean     NOT NULL,
    consumed        bigint      NOT NULL,
    last_used_at    timestamptz, -- null is never
    created_at      timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL, -- when its owner or an operator last changed it; usage is not a change
    sequence        bigint      NOT NULL, -- of the last event applied
    PRIMARY KEY (token_id) -- a token by its id, and, ids being UUIDv7, all tokens newest first
) WITH (fillfactor = 80); -- consumption rewrites rows without touching an indexed column: room on the page keeps it off the indexes

-- An account's list, newest first, page by page.
CREATE INDEX token_of_account ON token (account_id, token_id) WHERE NOT deleted;

-- An account's own events. They lie in one partition, in order.
CREATE TABLE account (
    account_id uuid        NOT NULL,
    name       text        NOT NULL,
    suspended  boolean     NOT NULL,
    opened_at  timestamptz NOT NULL,
    sequence   bigint      NOT NULL, -- of the last event applied
    PRIMARY KEY (account_id) -- an account by its id
);

-- Sums over an account and all its tokens, which lie in any partition: a sum may be seen before its account is opened.
CREATE TABLE account_totals (
    account_id uuid   NOT NULL,
    credited   bigint NOT NULL,
    adjusted   bigint NOT NULL,
    consumed   bigint NOT NULL,
    PRIMARY KEY (account_id) -- an account by its id
) WITH (fillfactor = 50); -- rewritten with every batch of usage
