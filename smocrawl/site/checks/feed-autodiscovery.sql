-- id: feed-autodiscovery
-- title: Feed readers find no feed where they look
-- tactic: T2
-- severity: high
-- says: {dated} dated pages, but no feed is named on the home page or on the lists of articles.
-- warns: The feed is named on some pages, but not on the home page.
-- cause misspelt: The home page names its feed {url} with the type “{type}”, by which feed readers do not find it.
-- cause home-only: The feed is named on the home page, but not on the lists of articles.
-- source: https://www.rssboard.org/rss-autodiscovery
-- source_name: RSS Advisory Board, autodiscovery
-- grade: A
-- revision: 2
-- limit: items=5
-- platforms: feed-reader flipboard google-discover
-- measured: (SELECT home IS NOT NULL FROM this_run)
-- applies: (SELECT count(*) FROM article WHERE published IS NOT NULL) >= :items
--
-- Why: Feed readers, Flipboard and the follow button of browsers look for one line in the
-- page's head. Without it your most faithful readers cannot subscribe.
--
-- Fix: Add link rel="alternate" with the feed's type and address to the head of every
-- template. The type is application/rss+xml for RSS and application/atom+xml for Atom, and nothing else.
--
-- Accept: A feed reader finds the feed when given the home page's address.

WITH named AS (
    SELECT page FROM declared_feed WHERE NOT comments
),
state AS (
    SELECT (SELECT count(*) FROM article WHERE published IS NOT NULL) AS dated,
           (SELECT home IN (SELECT page FROM named) FROM this_run) AS on_home,
           (SELECT count(*) FROM html_page WHERE kind = 'listing') AS lists,
           (SELECT count(*) FROM html_page WHERE kind = 'listing' AND url IN (SELECT page FROM named)) AS on_lists,
           (SELECT count(*) FROM named) AS anywhere,
           (SELECT min(type) FROM misspelt_feed WHERE page = (SELECT home FROM this_run)) AS misspelt,
           (SELECT min(url) FROM misspelt_feed WHERE page = (SELECT home FROM this_run)) AS address
)
SELECT dated, coalesce(misspelt, '') AS type, coalesce(address, '') AS url,
       CASE WHEN on_home THEN 'home-only' WHEN misspelt IS NOT NULL THEN 'misspelt' ELSE '' END AS cause,
       CASE WHEN on_home AND (on_lists OR NOT lists) THEN 'passed' WHEN anywhere THEN 'warned' ELSE 'failed' END AS outcome
FROM state
