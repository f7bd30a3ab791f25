-- Version 7 of the store: by what an answer is recognised when it is asked for again, and how each came by its facts.

-- One answer that was read to its end. A later crawl that is told «not modified», or is given the same bytes, takes its facts over.
CREATE TABLE validator (
    run INTEGER NOT NULL REFERENCES run,
    url INTEGER NOT NULL REFERENCES url,
    reader TEXT NOT NULL,                -- what read it (smocrawl.taking_over.reader): facts of another reader are not taken over
    asked TEXT NOT NULL,                 -- in which name, and where: validators hold for the same question alone
    etag TEXT,
    modified TEXT,                       -- Last-Modified, where it is certain
    digest BLOB NOT NULL,                -- SHA-256 over what was read
    headers TEXT NOT NULL DEFAULT '{}',  -- JSON: the headers from which facts are read (smocrawl.network.conditions)
    whole INTEGER NOT NULL,              -- 0: the head of a picture alone
    PRIMARY KEY (run, url)
) WITHOUT ROWID;

-- NULL: fetched and read; 'not modified': the server said so (304); 'same bytes': it sent what it had sent before.
ALTER TABLE fetch ADD COLUMN taken_over TEXT;

-- Part of the public contract, as in version 4.
DROP VIEW pages;
CREATE VIEW pages AS
SELECT url.url AS url, page.status AS status, page.kind AS kind, page.template AS template, page.lang AS language,
       page.title AS title, page.h1 AS h1, coalesce(page.description, page.og_description) AS description,
       page.canonical AS canonical, page.og_title AS og_title, page.og_description AS og_description,
       page.og_image AS og_image, page.og_type AS og_type, page.og_site_name AS og_site_name,
       page.twitter_card AS twitter_card, page.headline AS headline, page.published AS published,
       page.modified AS modified, page.words AS words, page.shareable AS shareable, page.indexable AS indexable,
       measure.inlinks AS inlinks, measure.outlinks AS outlinks, measure.depth AS clicks, measure.rank AS rank,
       fetch.size AS size, fetch.latency AS latency, fetch.hops AS redirects,
       review.score AS score, review.uncapped AS uncapped, review.cap AS cap, review.coverage AS coverage,
       page.facts_version AS facts_version, coalesce(fetch.taken_over, 'fetched') AS come_by
FROM page
JOIN latest_run ON latest_run.run = page.run
JOIN url ON url.id = page.url
LEFT JOIN fetch ON fetch.run = page.run AND fetch.url = page.url
LEFT JOIN measure ON measure.run = page.run AND measure.url = page.url
LEFT JOIN review ON review.run = page.run AND review.url = page.url;
