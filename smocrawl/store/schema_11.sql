-- Version 11 of the store: answers that another project's spider got and that nobody has read yet.

CREATE TABLE unread (
    run INTEGER NOT NULL REFERENCES run,
    url TEXT NOT NULL,                   -- as it was answered
    told BLOB NOT NULL,                  -- zlib over JSON: how it came, everything but its bytes (smocrawl.addon.pages.Seen)
    body BLOB NOT NULL,                  -- zlib over its bytes
    PRIMARY KEY (run, url)
);
