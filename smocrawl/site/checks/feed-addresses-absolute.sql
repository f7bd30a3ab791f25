-- id: feed-addresses-absolute
-- title: Addresses in feed entries that lead nowhere
-- tactic: T2
-- severity: medium
-- says: {entries} of {items} entries of {feed} hold addresses without the site's name, {pictures} of them of pictures: {example}
-- source: https://www.rssboard.org/rss-profile
-- source_name: RSS Best Practices Profile, description
-- grade: A
-- limit: pass=0.98 warn=0.90
-- platforms: feed-reader flipboard
-- applies: EXISTS (SELECT 1 FROM feed JOIN feed_item ON feed_item.feed = feed.url WHERE parses)
--
-- Why: A feed is read far from the site. RSS and JSON Feed cannot say to which site a short address
-- belongs: the picture stays empty, the link breaks.
--
-- Fix: Let the feed's template write addresses in full, pictures first:
-- https://www.example.com/img/mill.jpg, not /img/mill.jpg.
--
-- Accept: A feed reader shows the pictures of each entry, and its links open.

-- Every feed that readers are offered at the door, not the main one alone: of two formats one can be faulty.
WITH offered AS (
    SELECT * FROM feed_item JOIN feed ON feed.url = feed_item.feed
    WHERE parses AND on_home = (SELECT max(on_home) FROM feed WHERE parses)
),
counted AS (
    SELECT address AS feed, count(*) AS items,
           count(*) FILTER (WHERE relative_addresses > 0) AS entries,
           sum(relative_pictures) AS pictures,
           (SELECT relative_example FROM offered AS one WHERE one.address = offered.address AND one.relative_addresses > 0
            ORDER BY one.relative_pictures = 0, one.place LIMIT 1) AS example
    FROM offered GROUP BY address
)
SELECT feed, entries, items, pictures, example,
       at_least(1.0 * (items - entries) / items, :pass, :warn) AS outcome
FROM counted
ORDER BY 1.0 * entries / items DESC, pictures DESC, feed LIMIT 1
