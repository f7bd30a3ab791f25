-- id: feed-matches-site
-- title: New articles are missing from the feed
-- tactic: T6
-- severity: medium
-- says: {missing} of the {newest} newest articles are not in the feed, for example {example}.
-- source: https://about.flipboard.com/rss-spec/
-- source_name: Flipboard, RSS specification
-- grade: C
-- revision: 2
-- limit: newest=5 pass=0 warn=2 grace=1
-- platforms: feed-reader flipboard google-discover
-- measured: (SELECT whole FROM this_run)
-- applies: EXISTS (SELECT 1 FROM main_feed_item) AND (SELECT count(*) FROM article WHERE published IS NOT NULL) >= :newest
--
-- Why: Subscribers learn of new work by the feed alone. What is missing there does not exist
-- for them.
--
-- Fix: Fill the feed from the same query as the list of articles.
--
-- Accept: Each new article appears in the feed within a day.

WITH newest AS (
    SELECT address, bare, rtrim(canonical, '/') AS canonical FROM article
    WHERE julianday(published) <= julianday((SELECT now FROM this_run)) - :grace
    ORDER BY published DESC, address LIMIT CAST(:newest AS INTEGER)
),
state AS (
    SELECT address, bare IN (SELECT bare FROM feed_item WHERE bare IS NOT NULL)
                    OR coalesce(canonical, bare) IN (SELECT bare FROM feed_item WHERE bare IS NOT NULL) AS listed
    FROM newest
)
SELECT count(*) FILTER (WHERE NOT listed) AS missing, count(*) AS newest,
       coalesce(min(address) FILTER (WHERE NOT listed), '') AS example,
       at_most(count(*) FILTER (WHERE NOT listed), :pass, :warn) AS outcome
FROM state
