-- One script for SQLite and PostgreSQL. Seconds are since 1970; times of the store itself are in milliseconds.
-- A later script may add tables, and columns with a default; never rename, drop or tighten what a node of the version
-- before still uses.

CREATE TABLE countermark_token (
    id TEXT NOT NULL PRIMARY KEY,
    prefix TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    metadata TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    revoked INTEGER NOT NULL,
    announce INTEGER NOT NULL,
    last_used_at BIGINT,
    generation BIGINT NOT NULL,
    key_fingerprint TEXT NOT NULL,
    replaces TEXT,
    replaced_by TEXT
);
CREATE INDEX countermark_token_end ON countermark_token (ends_at, id);
CREATE INDEX countermark_token_state ON countermark_token (revoked, ends_at, id);
CREATE INDEX countermark_token_subject ON countermark_token (subject, ends_at, id);
CREATE INDEX countermark_token_subject_state ON countermark_token (subject, revoked, ends_at, id);
CREATE INDEX countermark_token_expiry ON countermark_token (expires_at);
CREATE INDEX countermark_token_announce ON countermark_token (ends_at) WHERE announce = 1;

-- One row. Its number is raised in the transaction of each revocation, so that the order of numbers is that of commits.
CREATE TABLE countermark_feed (
    id INTEGER NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    incarnation BIGINT NOT NULL,
    incarnation_mark TEXT NOT NULL,
    doubted INTEGER NOT NULL,
    refuse_issued_before BIGINT NOT NULL,
    pruned_through BIGINT NOT NULL
);

CREATE TABLE countermark_revocation (
    number BIGINT NOT NULL PRIMARY KEY,
    mark TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    effective_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE INDEX countermark_revocation_target ON countermark_revocation (kind, target, number);
CREATE INDEX countermark_revocation_keep ON countermark_revocation (keep_until);

CREATE TABLE countermark_audit (
    number ${counter},
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    token_id TEXT,
    subject TEXT,
    detail TEXT NOT NULL
);
CREATE INDEX countermark_audit_token ON countermark_audit (token_id, number);
CREATE INDEX countermark_audit_subject ON countermark_audit (subject, number);

CREATE TABLE countermark_idempotency (
    actor TEXT NOT NULL,
    request_key TEXT NOT NULL,
    digest TEXT NOT NULL,
    token_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (actor, request_key)
);
CREATE INDEX countermark_idempotency_at ON countermark_idempotency (at);

CREATE TABLE countermark_node (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    applied BIGINT NOT NULL,
    lease BIGINT NOT NULL,
    key_fingerprints TEXT NOT NULL
);

CREATE TABLE countermark_key (
    fingerprint TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    since BIGINT NOT NULL
);
