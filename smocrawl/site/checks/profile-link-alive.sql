-- id: profile-link-alive
-- title: Links lead to accounts that are gone
-- tactic: T7
-- severity: medium
-- says: The link to your account {handle} on {platform} leads nowhere: {url}.
-- warns: The link to your account {handle} on {platform} leads to another one, {moved}: {url}.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Our own judgement
-- grade: D
-- owner: editor
-- measured: EXISTS (SELECT 1 FROM looked_up WHERE topic = 'profiles')
-- applies: EXISTS (SELECT 1 FROM profile_answer WHERE gone IS NOT NULL)
--
-- Why: People who want to follow you and meet an error page do not look for you a second time. A free name can be
-- taken by anybody.
--
-- Fix: Link to the account of today, or take the link out of the template.
--
-- Accept: Every link to an account of yours opens that account.

SELECT coalesce((SELECT name FROM network WHERE id = platform), platform) AS platform, handle, url,
       coalesce(moved_to, '') AS moved, CASE WHEN gone THEN 'failed' ELSE 'warned' END AS outcome
FROM profile_answer
WHERE gone OR moved_to IS NOT NULL
ORDER BY gone DESC, platform, handle
