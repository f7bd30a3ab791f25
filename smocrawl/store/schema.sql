-- The store: one SQLite file for each audited domain; facts are the truth, verdicts are derived from them.
-- A changed schema is a further file, schema_2.sql and so on, and a new number in PRAGMA user_version
-- (smocrawl/store/database.py migrates).

-- One crawl. state: crawling, closing, done, incomplete, stopped, nothing.
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,               -- ISO 8601, UTC
    ended TEXT,
    state TEXT NOT NULL DEFAULT 'crawling',
    home TEXT NOT NULL,                  -- the URL where the crawl began, as audited
    options TEXT NOT NULL,               -- JSON: the arguments of the crawl
    version TEXT NOT NULL,               -- of smocrawl
    ruleset TEXT NOT NULL,               -- e.g. 2026.11
    algorithm INTEGER NOT NULL,          -- of the score
    audience TEXT NOT NULL,
    notes TEXT NOT NULL DEFAULT '[]',    -- JSON: sentences for the report's scope box (what was not seen, and why)
    report TEXT                          -- folder of the rendered report, relative to the domain's folder
);

-- Every URL ever met, once. internal: same site as the run's home.
CREATE TABLE url (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE
);

-- What is still to be asked. state: 0 queued, 1 leased (in flight), 2 done.
CREATE TABLE frontier (
    run INTEGER NOT NULL REFERENCES run,
    url INTEGER NOT NULL REFERENCES url,
    kind TEXT NOT NULL,                  -- page, image, icon, feed, sitemap, robots, oembed, manifest, twin (the home page under http)
    state INTEGER NOT NULL DEFAULT 0,
    priority INTEGER NOT NULL DEFAULT 0, -- higher first
    depth INTEGER NOT NULL DEFAULT 0,    -- links followed from the home page
    source TEXT NOT NULL DEFAULT '',     -- home, link, sitemap, feed, redirect, canonical, page (for assets)
    parent INTEGER REFERENCES url,       -- the page or file that named it
    chain TEXT NOT NULL DEFAULT '[]',    -- JSON: [[url, status], …] of the redirects that led here
    attempts INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (run, url)
) WITHOUT ROWID;
CREATE INDEX frontier_next ON frontier (run, state, priority DESC, depth);

-- One record for each URL of a run, whatever became of it.
CREATE TABLE fetch (
    run INTEGER NOT NULL REFERENCES run,
    url INTEGER NOT NULL REFERENCES url,
    kind TEXT NOT NULL,
    status INTEGER,                      -- NULL: not answered or never asked
    error TEXT,                          -- class and reason in one line
    redirect INTEGER REFERENCES url,     -- target of a 3xx
    hops INTEGER NOT NULL DEFAULT 0,     -- redirects before this URL
    type TEXT,                           -- media type of the answer, without parameters
    size INTEGER,                        -- bytes after content decoding
    latency REAL,                        -- seconds to the last byte
    at TEXT NOT NULL,
    PRIMARY KEY (run, url)
) WITHOUT ROWID;

-- One HTML page of a run: the facts (zlib over JSON) and, beside them, what SQL asks for.
-- Long rows: WITHOUT ROWID would put all but a fraction of each into pages of its own.
CREATE TABLE page (
    run INTEGER NOT NULL REFERENCES run,
    url INTEGER NOT NULL REFERENCES url,
    status INTEGER NOT NULL,
    kind TEXT NOT NULL,
    template TEXT NOT NULL,
    shareable INTEGER NOT NULL,          -- 1: worth sharing (smocrawl.checks.applies)
    indexable INTEGER NOT NULL,
    canonical TEXT,
    self_canonical INTEGER NOT NULL,     -- 1: names no other page of this crawl as canonical
    lang TEXT,                           -- primary subtag, lower case
    title TEXT,
    h1 TEXT,
    headline TEXT,                       -- headline or name of the main entity
    og_title TEXT,
    og_description TEXT,
    og_image TEXT,
    og_type TEXT,
    og_site_name TEXT,
    twitter_card TEXT,
    published TEXT,                      -- ISO 8601
    modified TEXT,
    words INTEGER NOT NULL DEFAULT 0,
    text_sha1 TEXT,
    simhash INTEGER NOT NULL DEFAULT 0,  -- signed 64 bit
    depth INTEGER,                       -- as crawled
    facts BLOB NOT NULL,
    PRIMARY KEY (run, url)
);

-- Links between pages of the site, each pair once. areas: bits 1 header, 2 nav, 4 main, 8 aside, 16 footer, 32 unknown.
CREATE TABLE link (
    run INTEGER NOT NULL REFERENCES run,
    src INTEGER NOT NULL REFERENCES url,
    dst INTEGER NOT NULL REFERENCES url,
    areas INTEGER NOT NULL,
    in_main INTEGER NOT NULL,            -- 1: from the main text of src
    nofollow INTEGER NOT NULL,
    PRIMARY KEY (run, src, dst)
) WITHOUT ROWID;

-- Social URLs of pages, as recognised; profiles, shares, posts, dead platforms.
CREATE TABLE social (
    run INTEGER NOT NULL REFERENCES run,
    page INTEGER NOT NULL REFERENCES url,
    sort TEXT NOT NULL,
    platform TEXT NOT NULL,
    handle TEXT,
    url TEXT NOT NULL,
    area TEXT NOT NULL,
    in_main INTEGER NOT NULL,
    rel_me INTEGER NOT NULL,
    status TEXT NOT NULL
);
CREATE INDEX social_page ON social (run, page);

-- A fetched file other than a page: image, icon, feed, sitemap, robots, oembed, manifest.
CREATE TABLE asset (
    run INTEGER NOT NULL REFERENCES run,
    url INTEGER NOT NULL REFERENCES url,
    kind TEXT NOT NULL,
    facts BLOB,                          -- zlib over JSON of the reader's facts; NULL where there was no answer
    thumb BLOB,                          -- reduced WebP of a share image for the report
    PRIMARY KEY (run, url)
) WITHOUT ROWID;

-- Which page names which asset, and as what.
CREATE TABLE asset_use (
    run INTEGER NOT NULL REFERENCES run,
    page INTEGER NOT NULL REFERENCES url,
    asset INTEGER NOT NULL REFERENCES url,
    role TEXT NOT NULL,                  -- og:image, twitter:image, icon, feed …
    PRIMARY KEY (run, page, asset, role)
) WITHOUT ROWID;

-- URLs that sitemaps and feeds list.
CREATE TABLE listed (
    run INTEGER NOT NULL REFERENCES run,
    url INTEGER NOT NULL REFERENCES url,
    source INTEGER NOT NULL REFERENCES url,  -- the sitemap or feed
    kind TEXT NOT NULL,                  -- sitemap or feed
    date TEXT,                           -- lastmod, or the item's date
    PRIMARY KEY (run, url, source)
) WITHOUT ROWID;

-- Graph measures of a page, written by the site analysis.
CREATE TABLE measure (
    run INTEGER NOT NULL REFERENCES run,
    url INTEGER NOT NULL REFERENCES url,
    inlinks INTEGER NOT NULL,            -- other pages that link here
    outlinks INTEGER NOT NULL,           -- contextual links out of the main text to own pages
    depth INTEGER,                       -- clicks from the home page; NULL = unreachable by links
    rank REAL,                           -- PageRank, sums to 1
    hub INTEGER NOT NULL DEFAULT 0,      -- 1: ≥ 3 inlinks and ≥ 3 contextual outlinks
    crosslink REAL,                      -- cross-link score of the page, 0–100
    PRIMARY KEY (run, url)
) WITHOUT ROWID;

-- The judgement of one page. outcomes: id of an outcome_set (schema_3.sql).
CREATE TABLE review (
    run INTEGER NOT NULL REFERENCES run,
    url INTEGER NOT NULL REFERENCES url,
    score REAL,                          -- 0–100; NULL = nothing applied
    uncapped REAL,
    cap TEXT,                            -- check id of the lowest cap that holds
    coverage REAL NOT NULL,              -- weight measured / weight applicable, 0–1
    tactics TEXT NOT NULL,               -- JSON {T1: score, …}
    platforms TEXT NOT NULL,             -- JSON {facebook: score, …}
    outcomes BLOB NOT NULL,
    reasons TEXT NOT NULL DEFAULT '{}',  -- JSON {check id: off|error|unreachable|script} of what was not measured
    cards BLOB,                          -- zlib over JSON: {platform: card or nothing}
    PRIMARY KEY (run, url)
);

-- Failures and warnings; url NULL = of the whole site.
CREATE TABLE finding (
    run INTEGER NOT NULL REFERENCES run,
    url INTEGER REFERENCES url,
    check_id TEXT NOT NULL,
    outcome TEXT NOT NULL,               -- warned or failed
    severity TEXT NOT NULL,
    evidence TEXT NOT NULL               -- JSON
);
CREATE INDEX finding_check ON finding (run, check_id);
CREATE INDEX finding_url ON finding (run, url);

-- The outcome of each site check.
CREATE TABLE site_outcome (
    run INTEGER NOT NULL REFERENCES run,
    check_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (run, check_id)
) WITHOUT ROWID;

-- Scores of the whole site. scope: site, tactic, platform, crosslink (key = part or 'total').
CREATE TABLE site_score (
    run INTEGER NOT NULL REFERENCES run,
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    value REAL,
    coverage REAL,
    explanation TEXT NOT NULL DEFAULT '{}',  -- JSON: the terms that add up to the value, and caps
    PRIMARY KEY (run, scope, key)
) WITHOUT ROWID;

-- Fixes by template: what one change is worth.
CREATE TABLE fix (
    run INTEGER NOT NULL REFERENCES run,
    rank INTEGER NOT NULL,
    check_id TEXT NOT NULL,
    template TEXT NOT NULL,              -- '' = the whole site
    kind TEXT NOT NULL,
    pages INTEGER NOT NULL,
    gain REAL NOT NULL,                  -- points of the site score if it passed everywhere
    effort INTEGER NOT NULL,             -- 1 template, 2 few pages, 3 many pages
    priority REAL NOT NULL,
    evidence TEXT NOT NULL,              -- JSON: the commonest evidence
    examples TEXT NOT NULL,              -- JSON: URLs
    PRIMARY KEY (run, rank)
) WITHOUT ROWID;

-- Part of the public contract: one row for each distinct URL of the latest run, whatever its kind.
CREATE VIEW crawled AS
SELECT url.url AS url, fetch.status AS status, fetch.error AS error
FROM fetch JOIN url ON url.id = fetch.url
WHERE fetch.run = (SELECT max(id) FROM run);
