-- Version 4 of the store: pictures by their content, the version of a page's facts, and views for everybody.

-- What the head of a picture says, and its whole content where that was read (IMAGES_WHOLE of a crawl).
CREATE TABLE picture (
    run INTEGER NOT NULL REFERENCES run,
    url INTEGER NOT NULL REFERENCES url,
    type TEXT,                           -- media type by the first bytes; NULL: no picture
    width INTEGER,                       -- pixels
    height INTEGER,
    size INTEGER,                        -- bytes of the whole file
    animated INTEGER,                    -- 1: more than one frame; NULL: the bytes read do not tell
    sha256 BLOB,                         -- 32 bytes over the whole file; NULL: its head alone was read
    dhash INTEGER,                       -- signed 64 bit (smocrawl.extract.images.Look); NULL: not measured, or one even surface
    grey BLOB,                           -- 16 x 16 grey cells, beside dhash
    PRIMARY KEY (run, url)
) WITHOUT ROWID;

-- description: that of the meta element, where it is not the text of og_description.
-- facts_version: smocrawl.page.FACTS_VERSION when the page was read; 1 = before they were counted.
ALTER TABLE page ADD COLUMN description TEXT;
ALTER TABLE page ADD COLUMN facts_version INTEGER NOT NULL DEFAULT 1;

-- The views below are part of the public contract, like crawled: docs/store.md shows them at work.
-- They speak of the latest run alone; addresses are whole, moments ISO 8601 in UTC, scores 0 to 100.

CREATE VIEW latest_run AS
SELECT id AS run, started, ended, state, home, version, ruleset, algorithm, audience
FROM run WHERE id = (SELECT max(id) FROM run);

-- Each HTML page with what it says about itself and how it was judged.
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
       page.facts_version AS facts_version
FROM page
JOIN latest_run ON latest_run.run = page.run
JOIN url ON url.id = page.url
LEFT JOIN fetch ON fetch.run = page.run AND fetch.url = page.url
LEFT JOIN measure ON measure.run = page.run AND measure.url = page.url
LEFT JOIN review ON review.run = page.run AND review.url = page.url;

-- Links between pages of the site, each pair once.
CREATE VIEW links AS
SELECT source.url AS source, target.url AS target, link.in_main AS in_main, link.nofollow AS nofollow,
       link.areas & 1 > 0 AS in_header, link.areas & 2 > 0 AS in_nav, link.areas & 8 > 0 AS in_aside,
       link.areas & 16 > 0 AS in_footer, fetch.status AS target_status, fetch.error AS target_error
FROM link
JOIN latest_run ON latest_run.run = link.run
JOIN url AS source ON source.id = link.src
JOIN url AS target ON target.id = link.dst
LEFT JOIN fetch ON fetch.run = link.run AND fetch.url = link.dst;

-- Number of pages that name a file, by its id.
CREATE VIEW file_uses AS
SELECT asset_use.asset AS file, count(DISTINCT asset_use.page) AS pages
FROM asset_use JOIN latest_run ON latest_run.run = asset_use.run
GROUP BY asset_use.asset;

-- Share pictures and icons as they answered; redirects_to: the address that answers in their place.
CREATE VIEW images AS
SELECT url.url AS url, fetch.kind AS kind, fetch.status AS status, fetch.error AS error, target.url AS redirects_to,
       fetch.type AS declared_type, picture.type AS type, picture.width AS width, picture.height AS height,
       coalesce(picture.size, fetch.size) AS size, picture.animated AS animated, fetch.latency AS latency,
       fetch.hops AS redirects, nullif(lower(hex(picture.sha256)), '') AS sha256, picture.dhash AS dhash,
       coalesce(file_uses.pages, 0) AS pages
FROM fetch
JOIN latest_run ON latest_run.run = fetch.run
JOIN url ON url.id = fetch.url
LEFT JOIN url AS target ON target.id = fetch.redirect
LEFT JOIN picture ON picture.run = fetch.run AND picture.url = fetch.url
LEFT JOIN file_uses ON file_uses.file = fetch.url
WHERE fetch.kind IN ('image', 'icon');

-- Which page names which file, and as what (og:image, twitter:image, schema image, icon, feed, manifest, oembed).
CREATE VIEW files_of_pages AS
SELECT page.url AS page, file.url AS file, asset_use.role AS role, fetch.status AS status, fetch.error AS error
FROM asset_use
JOIN latest_run ON latest_run.run = asset_use.run
JOIN url AS page ON page.id = asset_use.page
JOIN url AS file ON file.id = asset_use.asset
LEFT JOIN fetch ON fetch.run = asset_use.run AND fetch.url = asset_use.asset;

-- Feeds and sitemaps with what they list.
CREATE VIEW feeds AS
SELECT url.url AS url, fetch.status AS status, fetch.error AS error, fetch.type AS type, fetch.size AS size,
       fetch.latency AS latency, count(listed.url) AS items, min(listed.date) AS oldest, max(listed.date) AS newest,
       coalesce(file_uses.pages, 0) AS pages
FROM fetch
JOIN latest_run ON latest_run.run = fetch.run
JOIN url ON url.id = fetch.url
LEFT JOIN listed ON listed.run = fetch.run AND listed.source = fetch.url
LEFT JOIN file_uses ON file_uses.file = fetch.url
WHERE fetch.kind = 'feed'
GROUP BY fetch.url;

CREATE VIEW sitemaps AS
SELECT url.url AS url, fetch.status AS status, fetch.error AS error, fetch.type AS type, fetch.size AS size,
       count(listed.url) AS pages, count(listed.date) AS dated, min(listed.date) AS oldest, max(listed.date) AS newest
FROM fetch
JOIN latest_run ON latest_run.run = fetch.run
JOIN url ON url.id = fetch.url
LEFT JOIN listed ON listed.run = fetch.run AND listed.source = fetch.url
WHERE fetch.kind = 'sitemap'
GROUP BY fetch.url;

-- Every address that a sitemap or feed lists.
CREATE VIEW listed_pages AS
SELECT url.url AS url, source.url AS source, listed.kind AS kind, listed.date AS date, fetch.status AS status,
       fetch.error AS error
FROM listed
JOIN latest_run ON latest_run.run = listed.run
JOIN url ON url.id = listed.url
JOIN url AS source ON source.id = listed.source
LEFT JOIN fetch ON fetch.run = listed.run AND fetch.url = listed.url;

-- Accounts, shares, posts and dead services that pages link to. sort: profile, share, widget, post, dead, platform, …
CREATE VIEW social_links AS
SELECT page.url AS page, social.sort AS sort, social.platform AS platform, social.handle AS handle, social.url AS url,
       social.area AS area, social.in_main AS in_main, social.rel_me AS rel_me, social.status AS status
FROM social
JOIN latest_run ON latest_run.run = social.run
JOIN url AS page ON page.id = social.page;

CREATE VIEW profiles AS
SELECT platform, lower(handle) AS handle, min(url) AS url, count(DISTINCT page) AS pages, max(rel_me) AS rel_me
FROM social_links
WHERE sort = 'profile' AND handle IS NOT NULL
GROUP BY platform, lower(handle);

-- Failures and warnings; url NULL = of the whole site.
CREATE VIEW findings AS
SELECT url.url AS url, finding.check_id AS check_id, finding.outcome AS outcome, finding.severity AS severity,
       finding.evidence AS evidence
FROM finding
JOIN latest_run ON latest_run.run = finding.run
LEFT JOIN url ON url.id = finding.url;

-- The outcome of each check of the whole site, and of each check of pages on how many of them it failed or warned.
CREATE VIEW outcomes AS
SELECT 'site' AS scope, site_outcome.check_id AS check_id, site_outcome.outcome AS outcome,
       site_outcome.reason AS reason, NULL AS pages
FROM site_outcome JOIN latest_run ON latest_run.run = site_outcome.run
UNION ALL
SELECT 'page', finding.check_id, finding.outcome, NULL, count(DISTINCT finding.url)
FROM finding JOIN latest_run ON latest_run.run = finding.run
WHERE finding.url IS NOT NULL
GROUP BY finding.check_id, finding.outcome;

-- Scores of the site: scope site, tactic, platform, kind or crosslink.
CREATE VIEW scores AS
SELECT site_score.scope AS scope, site_score.key AS key, site_score.value AS value, site_score.coverage AS coverage
FROM site_score JOIN latest_run ON latest_run.run = site_score.run;

-- What one change of one template is worth; template '' = the whole site.
CREATE VIEW fixes AS
SELECT fix.rank AS rank, fix.check_id AS check_id, fix.template AS template, fix.kind AS kind, fix.pages AS pages,
       fix.gain AS gain, fix.effort AS effort, fix.priority AS priority, fix.examples AS examples
FROM fix JOIN latest_run ON latest_run.run = fix.run;
