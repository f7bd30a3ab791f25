-- id: feed-content
-- title: The feed tells too little
-- tactic: T2
-- severity: medium
-- says: {short} of {items} feed entries hold fewer than {characters} characters of text.
-- source: https://about.flipboard.com/rss-spec/
-- source_name: Flipboard, RSS specification
-- grade: A
-- limit: characters=300 pass=0.90 warn=0.50
-- platforms: feed-reader flipboard
-- applies: EXISTS (SELECT 1 FROM main_feed WHERE parses)
--     AND EXISTS (SELECT 1 FROM main_feed_item)
--
-- Why: Readers decide in the feed whether to open and pass on an article. A headline alone is
-- skipped.
--
-- Fix: Put the full text, or a summary of 300 characters or more, into each entry.
--
-- Accept: A feed reader shows at least a paragraph of each entry.

SELECT count(*) FILTER (WHERE length < :characters) AS short, count(*) AS items, CAST(:characters AS INTEGER) AS characters,
       at_least(1.0 * count(*) FILTER (WHERE length >= :characters) / count(*), :pass, :warn) AS outcome
FROM main_feed_item
