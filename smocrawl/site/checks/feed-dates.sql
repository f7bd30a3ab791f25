-- id: feed-dates
-- title: Feed entries with unusable dates
-- tactic: T2
-- severity: medium
-- says: {wrong} of {items} feed entries have no readable date, one in the future, or stand in the wrong order.
-- source: https://www.rssboard.org/rss-profile
-- source_name: RSS Best Practices Profile; RFC 4287
-- grade: A
-- limit: pass=0.98 warn=0.90 grace=1
-- platforms: feed-reader flipboard
-- applies: EXISTS (SELECT 1 FROM main_feed WHERE parses)
--     AND EXISTS (SELECT 1 FROM main_feed_item)
--
-- Why: Readers sort by date. An entry without one, or from tomorrow, sinks to the bottom or
-- sticks to the top.
--
-- Fix: Write each entry's date as RFC 822 (RSS) or RFC 3339 (Atom, JSON Feed), newest first.
--
-- Accept: A feed reader shows the entries in the order in which they were published.

WITH item AS (
    SELECT published, julianday(published) AS day, lag(julianday(published)) OVER (ORDER BY place) AS before
    FROM main_feed_item
),
counted AS (
    SELECT count(*) AS items,
           count(*) FILTER (WHERE day IS NULL OR day > julianday((SELECT now FROM this_run)) + :grace OR day > before + :grace)
               AS wrong
    FROM item
)
SELECT wrong, items, at_least(1.0 * (items - wrong) / items, :pass, :warn) AS outcome
FROM counted
