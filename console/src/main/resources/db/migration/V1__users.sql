-- The embedded issuer's people. Nobody is deleted: events name them as actors for ever.
CREATE TABLE console_user (
    user_id           text PRIMARY KEY,
    name              text,                   -- as they typed it; none until they have chosen one
    name_key          text UNIQUE,            -- in small letters: by which it is found, and which two cannot share
    role              text NOT NULL,
    account_id        text,
    password_hash     text,                   -- with the name of what made it before it
    created_at        timestamptz NOT NULL,
    last_signed_in_at timestamptz,
    disabled_at       timestamptz
);

-- One link at a time for each user, good once. The digest of its code, not the code.
CREATE TABLE invitation (
    user_id     text PRIMARY KEY REFERENCES console_user,
    code_digest bytea NOT NULL UNIQUE,        -- by which a link is found
    expires_at  timestamptz NOT NULL
);

-- Programs that get tokens for themselves. A deleted one keeps its row, and with it its name.
CREATE TABLE machine_client (
    client_id     text PRIMARY KEY,
    secret_digest text NOT NULL,
    role          text NOT NULL,
    account_id    text,
    created_at    timestamptz NOT NULL,
    deleted_at    timestamptz
);
