-- id: feed-identity
-- title: The feed does not say who and what it is
-- tactic: T2
-- severity: low
-- says: The feed names {same} entries by an identifier that another one bears, so readers lose or repeat them.
-- cause self: The feed does not name its own address (rel=self).
-- cause id: Entries of the feed lack an identifier: {same}.
-- cause language: The feed does not say in which language it is.
-- cause author: The feed names no author.
-- source: https://www.rssboard.org/rss-profile
-- source_name: RSS Best Practices Profile; RFC 4287
-- grade: A
-- platforms: feed-reader
-- applies: EXISTS (SELECT 1 FROM main_feed WHERE parses)
--
-- Why: Readers tell entries apart by their identifiers and show author and language beside
-- them.
--
-- Fix: Give the feed its own address (rel=self), a language and an author, and each entry an
-- identifier that never changes.
--
-- Accept: The W3C feed validator recommends nothing more.

WITH state AS (
    SELECT main_feed.*,
           (SELECT count(id) - count(DISTINCT id) FROM main_feed_item) AS same,
           (SELECT count(*) FROM main_feed_item WHERE id IS NULL) AS nameless
    FROM main_feed
),
told AS (
    SELECT 1 AS place, same, 'same' AS cause, 'failed' AS outcome FROM state WHERE same > 0
    UNION ALL
    SELECT 2, 0, 'self', 'warned' FROM state WHERE self_link IS NULL
    UNION ALL
    SELECT 3, nameless, 'id', 'warned' FROM state WHERE nameless > 0
    UNION ALL
    SELECT 4, 0, 'language', 'warned' FROM state WHERE language IS NULL
    UNION ALL
    SELECT 5, 0, 'author', 'warned' FROM state WHERE NOT has_author
)
SELECT same, cause, outcome
FROM told
ORDER BY place
