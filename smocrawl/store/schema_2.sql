-- Version 2 of the store: what pages say after their scripts have run.

-- The second reading of a page in a browser, a sample of each template (SMO_RENDER).
CREATE TABLE rendering (
    run INTEGER NOT NULL REFERENCES run,
    url INTEGER NOT NULL REFERENCES url,
    error TEXT,                          -- class and reason in one line; NULL: it was read
    seconds REAL NOT NULL,               -- from the first request to the finished reading
    requests INTEGER NOT NULL,           -- files that its scripts were given
    refused TEXT NOT NULL DEFAULT '[]',  -- JSON: [[url, reason], …] of the first that they were not given
    facts BLOB,                          -- zlib over JSON, as in page; NULL where there is an error
    PRIMARY KEY (run, url)
) WITHOUT ROWID;

-- The same field before and after the scripts. state: equal, changed, added (only rendered), removed.
CREATE TABLE rendered_field (
    run INTEGER NOT NULL REFERENCES run,
    url INTEGER NOT NULL REFERENCES url,
    field TEXT NOT NULL,                 -- smocrawl.page.rendered.FIELDS
    state TEXT NOT NULL,
    raw TEXT,
    rendered TEXT,
    PRIMARY KEY (run, url, field)
) WITHOUT ROWID;
