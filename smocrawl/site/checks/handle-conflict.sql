-- id: handle-conflict
-- title: Two accounts on one network
-- tactic: T7
-- severity: medium
-- says: Your templates link to {accounts} accounts on {platform}: {list}.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Our own judgement
-- grade: D
-- limit: pass=1 warn=2
-- owner: editor
-- revision: 3
-- applies: EXISTS (SELECT 1 FROM named_profile)
--
-- Why: Followers gather at one account and ask at the other. Old accounts live on in
-- templates.
--
-- Fix: Keep one account for each network and language, and remove links to the others.
--
-- Accept: Each network appears once in the footer.

SELECT coalesce(max(network.name), platform) AS platform, count(*) AS accounts, group_concat(handle, ', ') AS list,
       CASE WHEN count(*) <= max(:warn, (SELECT count(DISTINCT language) FROM public_page)) THEN 'warned' ELSE 'failed' END AS outcome
FROM named_profile LEFT JOIN network ON network.id = named_profile.platform
WHERE platform NOT IN ('github', 'gitlab', 'codeberg', 'spotify', 'applepodcasts', 'spreaker', 'anchor')
  -- Repositories of others are linked everywhere, a theme's above all; of podcasts each show has an address of its own.
GROUP BY named_profile.platform
HAVING count(*) > :pass
ORDER BY accounts DESC, named_profile.platform
