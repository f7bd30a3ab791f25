-- id: feed-images
-- title: Feed entries without a picture
-- tactic: T2
-- severity: medium
-- says: {bare} of {items} feed entries offer no picture of {side} pixels or more.
-- source: https://about.flipboard.com/rss-spec/
-- source_name: Flipboard, RSS specification
-- grade: A
-- limit: side=400 pass=0.90 warn=0.50
-- platforms: feed-reader flipboard
-- applies: EXISTS (SELECT 1 FROM main_feed WHERE parses)
--     AND EXISTS (SELECT 1 FROM main_feed_item) AND (SELECT base != 'developer' FROM audience)
--
-- Why: Flipboard and most readers lay out entries by their pictures. One without a picture
-- gets a line at the end.
--
-- Fix: Add one picture of 400 pixels or more to each entry.
--
-- Accept: A feed reader shows a picture beside each entry.

SELECT count(*) FILTER (WHERE NOT has_image OR image_side < :side) AS bare, count(*) AS items, CAST(:side AS INTEGER) AS side,
       at_least(1.0 * count(*) FILTER (WHERE has_image AND coalesce(image_side, :side) >= :side) / count(*), :pass, :warn)
           AS outcome
FROM main_feed_item
