-- id: feed-title-agree
-- title: Feed and card give one page two titles
-- tactic: T2
-- severity: low
-- says: {differ} of {entries} entries of the feed bear another title than the card of their page: “{feed}” and “{card}”.
-- source: https://www.rssboard.org/rss-profile
-- source_name: Our own judgement; RSS Best Practices Profile, item titles
-- grade: D
-- limit: entries=5 pass=0.1 warn=0.3
-- platforms: feed-reader
-- owner: editor
-- applies: (SELECT count(*) FROM main_feed_item AS item JOIN html_page ON html_page.bare = item.bare
--     WHERE item.title != '' AND coalesce(html_page.og_title, html_page.title, '') != '') >= :entries
--
-- Why: People who read the title in a feed do not find the page again under another one, and share it twice or not
-- at all.
--
-- Fix: Let feed and share tags take the title from one field.
--
-- Accept: An entry of the feed and the card of its page bear one title, be it shortened.

WITH both AS (
    SELECT item.title AS feed, coalesce(page.og_title, page.title) AS card,
           like_titles(item.title, coalesce(page.og_title, page.title))
           OR like_titles(item.title, coalesce(page.headline, page.title, '')) AS same
    FROM main_feed_item AS item JOIN html_page AS page ON page.bare = item.bare
    WHERE item.title != '' AND coalesce(page.og_title, page.title, '') != ''
),
whole AS (SELECT count(*) AS entries, sum(NOT same) AS differ FROM both)
SELECT whole.differ, whole.entries, both.feed, both.card, at_most(1.0 * whole.differ / whole.entries, :pass, :warn) AS outcome
FROM whole, both
WHERE NOT both.same AND at_most(1.0 * whole.differ / whole.entries, :pass, :warn) != 'passed'
ORDER BY both.feed
LIMIT 1
