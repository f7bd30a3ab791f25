-- id: profile-links-set
-- title: The site links to too few accounts of its own
-- tactic: T7
-- severity: high
-- says: Accounts of your own that the site links to: {linked} ({list}); sites for such an audience link to at least {least}.
-- cause none: The site links to no account of its own; sites for such an audience link to at least {least}.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Numbers by audience are our own
-- grade: D
-- revision: 2
-- limit: half=0.5
-- owner: editor
-- measured: NOT EXISTS (SELECT 1 FROM drawn_home)
-- reason: script
--
-- Why: Readers follow where they are already. An account that the site does not link has to be
-- searched for.
--
-- Fix: Link every account that you run from the header or footer. Where you run none, begin with
-- one network that your audience uses and that you can keep up.
--
-- Accept: Each of your accounts is one click away from every page.

WITH linked AS (
    SELECT DISTINCT coalesce(network.name, own_profile.platform) AS platform
    FROM own_profile LEFT JOIN network ON network.id = own_profile.platform
)
SELECT count(platform) AS linked, coalesce(group_concat(platform, ', '), '–') AS list, min_profiles AS least,
       CASE WHEN count(platform) = 0 THEN 'none' END AS cause,
       CASE WHEN min_profiles = 0 THEN 'passed' WHEN count(platform) = 0 THEN 'failed'
            ELSE at_least(count(platform), min_profiles, :half * min_profiles) END AS outcome
FROM audience LEFT JOIN linked ON 1
