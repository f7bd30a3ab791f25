-- id: rel-me
-- title: Open networks cannot confirm that the accounts are yours
-- tactic: T7
-- severity: low
-- says: None of your links to open networks carries rel="me": {list}.
-- warns: Some of your links to open networks lack rel="me": {list}.
-- source: https://docs.joinmastodon.org/user/profile/#verification
-- source_name: Mastodon, link verification
-- grade: B
-- platforms: mastodon pleroma misskey
-- applies: EXISTS (SELECT 1 FROM own_profile WHERE platform IN ('mastodon', 'pixelfed', 'lemmy', 'misskey', 'peertube'))
--
-- Why: Mastodon shows your site with a green tick if it links back with rel="me". Without it
-- anybody could claim it.
--
-- Fix: Add rel="me" to the links to your own accounts.
--
-- Accept: Your Mastodon profile shows the site as verified.

WITH open AS (
    SELECT platform, handle, rel_me FROM own_profile
    WHERE platform IN ('mastodon', 'pixelfed', 'lemmy', 'misskey', 'peertube')
)
SELECT coalesce(group_concat(CASE WHEN NOT rel_me THEN platform || ' ' || handle END, ', '), '') AS list,
       CASE WHEN min(rel_me) THEN 'passed' WHEN max(rel_me) THEN 'warned' ELSE 'failed' END AS outcome
FROM open
