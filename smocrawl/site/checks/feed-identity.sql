-- id: feed-identity
-- title: The feed does not say who and what it is
-- tactic: T2
-- severity: low
-- says: The feed names {same} entries by an identifier that another one bears, so readers lose or repeat them.
-- warns: The feed lacks {lacks}.
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
)
SELECT same,
       trim(CASE WHEN self_link IS NULL THEN 'its own address ' ELSE '' END
            || CASE WHEN nameless THEN 'identifiers ' ELSE '' END
            || CASE WHEN language IS NULL THEN 'a language ' ELSE '' END
            || CASE WHEN NOT has_author THEN 'an author' ELSE '' END) AS lacks,
       CASE WHEN same THEN 'failed'
            WHEN self_link IS NULL OR nameless OR language IS NULL OR NOT has_author THEN 'warned'
            ELSE 'passed' END AS outcome
FROM state
