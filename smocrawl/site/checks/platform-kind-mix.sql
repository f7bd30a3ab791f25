-- id: platform-kind-mix
-- title: The site uses few kinds of social media
-- tactic: T7
-- severity: medium
-- says: Of six kinds of social media (feeds, news and bookmarks, networks, video, blogs, messages) the site uses {kinds}.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: The kinds of social media; thresholds are our own
-- grade: D
-- revision: 2
-- limit: pass=4 warn=2
-- owner: editor
-- measured: NOT EXISTS (SELECT 1 FROM drawn_home)
-- reason: script
-- effort: few pages
--
-- Why: Each kind reaches people that the others do not. One network alone may change its rules
-- overnight.
--
-- Fix: Add a kind that your audience uses: a feed, a video channel, a share button for
-- messages.
--
-- Accept: At least four kinds are linked or offered.

WITH present (kind) AS (
    SELECT 'feeds' WHERE EXISTS (SELECT 1 FROM feed) OR EXISTS (SELECT 1 FROM way WHERE way = 'feed')
    UNION
    SELECT network.kind FROM own_profile JOIN network ON network.id = own_profile.platform WHERE network.kind != 'other'
    UNION
    SELECT network.kind FROM social
    JOIN this_run ON this_run.id = social.run
    JOIN network ON network.id = social.platform
    WHERE social.sort = 'share' AND social.status != 'dead' AND network.kind IN ('news', 'messaging', 'networking')
    UNION
    SELECT 'blogging' WHERE (SELECT count(*) FROM article) >= 5
)
SELECT count(*) AS kinds, coalesce(group_concat(kind, ', '), '–') AS list, at_least(count(*), :pass, :warn) AS outcome
FROM present
