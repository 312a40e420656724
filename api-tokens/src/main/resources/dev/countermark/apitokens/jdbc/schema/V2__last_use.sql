-- Written once a minute for each token in use: small rows, in the order of ids, so that many lie in one page. It stands for
-- the column last_used_at of version 1, which only nodes of that version go on to write.
CREATE TABLE IF NOT EXISTS countermark_last_use (
    token_id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
)${rewritten};
