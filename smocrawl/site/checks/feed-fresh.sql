-- id: feed-fresh
-- title: The feed has gone quiet
-- tactic: T6
-- severity: medium
-- says: The newest entry of the feed is {days} days old; readers of such a site expect one within {limit} days.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Bhargava 2006; limits by audience are our own
-- grade: D
-- limit: warn=3
-- platforms: feed-reader flipboard
-- owner: editor
-- effort: few pages
-- time_dependent: yes
-- applies: EXISTS (SELECT 1 FROM main_feed_item WHERE julianday(published) IS NOT NULL)
--
-- Why: A silent feed tells subscribers that nobody is at home, and they leave.
--
-- Fix: Publish something, or take the feed off the site.
--
-- Accept: The feed's newest entry is younger than the limit.

WITH newest AS (
    SELECT julianday((SELECT now FROM this_run)) - max(julianday(published)) AS days FROM main_feed_item
)
SELECT CAST(days AS INTEGER) AS days, feed_age_days AS "limit",
       at_most(days, feed_age_days, :warn * feed_age_days) AS outcome
FROM newest, audience
