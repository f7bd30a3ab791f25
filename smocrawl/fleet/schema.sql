-- What the machines of a fleet know of each site together.  Jobs themselves are Procrastinate's.
CREATE TABLE IF NOT EXISTS smocrawl_site (
    folder   text PRIMARY KEY,           -- of the site, below the shared place
    token    bigint NOT NULL DEFAULT 0,  -- grows with each claim; who holds an older one may record nothing
    holder   text,                       -- machine and process of the last claim
    claimed  bigint,                     -- by the first of the jobs for one crawl
    baseline bigint,                     -- last finished run of the store when that crawl was claimed first
    job      bigint,                     -- the last of these that was done
    started  timestamptz,                -- of the last run, as its store says
    state    text,                       -- of the last run
    tried    timestamptz,                -- when the last job was done
    code     integer NOT NULL DEFAULT 0, -- exit code of its crawl
    said     text NOT NULL DEFAULT '',   -- last line of its crawl
    failures integer NOT NULL DEFAULT 0, -- in a row
    not_told text NOT NULL DEFAULT '',   -- why somebody who should have been told was not
    result   jsonb                       -- score, trend, report: a row of the joint overview
);
