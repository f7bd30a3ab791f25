-- id: feed-items-canonical
-- title: Feed entries lead to other addresses than your pages
-- tactic: T2
-- severity: medium
-- says: {wrong} of {items} entries of the feed lead to an address that is not the page's own, for example {example}.
-- source: https://about.flipboard.com/rss-spec/
-- source_name: Flipboard, RSS specification
-- grade: A
-- revision: 2
-- limit: pass=0.95 warn=0.80
-- platforms: feed-reader flipboard
-- applies: EXISTS (SELECT 1 FROM main_feed_item JOIN url ON rtrim(url.url, '/') = main_feed_item.bare
--     JOIN fetch ON fetch.url = url.id AND fetch.run = (SELECT id FROM this_run) AND fetch.status IS NOT NULL)
--
-- Why: Shares from a feed count for the address in the feed. If that is another one, likes and
-- links are split in two.
--
-- Fix: Write the canonical address into each entry's link, without redirects.
--
-- Accept: Opening an entry's link shows the same address in the browser and in the canonical
-- tag.

WITH asked AS (
    SELECT DISTINCT main_feed_item.place, main_feed_item.link, main_feed_item.bare, fetch.status, fetch.redirect,
           html_page.canonical
    FROM main_feed_item
    JOIN url ON rtrim(url.url, '/') = main_feed_item.bare
    JOIN this_run
    JOIN fetch ON fetch.url = url.id AND fetch.run = this_run.id AND fetch.status IS NOT NULL
    LEFT JOIN html_page ON html_page.url = url.id
),
counted AS (
    SELECT count(DISTINCT place) AS items,
           count(DISTINCT place) FILTER (WHERE status = 200 AND (canonical IS NULL OR rtrim(canonical, '/') = bare)) AS good,
           min(link) FILTER (WHERE status != 200 OR rtrim(canonical, '/') != bare) AS example
    FROM asked
)
SELECT items - good AS wrong, items, coalesce(example, '') AS example, at_least(1.0 * good / items, :pass, :warn) AS outcome
FROM counted
