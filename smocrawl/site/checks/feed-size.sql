-- id: feed-size
-- title: The feed is too short
-- tactic: T2
-- severity: low
-- says: The feed lists {items} entries, while the site has {dated} dated pages.
-- source: https://about.flipboard.com/rss-spec/
-- source_name: Flipboard, RSS specification
-- grade: A
-- limit: pass=20 warn=10
-- platforms: feed-reader flipboard
-- applies: EXISTS (SELECT 1 FROM main_feed WHERE parses)
--     AND (SELECT count(*) FROM article WHERE published IS NOT NULL) >= :pass
--
-- Why: Whoever subscribes today sees only what the feed lists. Entries that fall out before a
-- reader's next visit are lost.
--
-- Fix: List the latest 20 to 30 entries.
--
-- Accept: The feed lists at least 20 entries.

SELECT items, (SELECT count(*) FROM article WHERE published IS NOT NULL) AS dated,
       at_least(items, :pass, :warn) AS outcome
FROM main_feed
