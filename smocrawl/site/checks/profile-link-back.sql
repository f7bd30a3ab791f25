-- id: profile-link-back
-- title: Your accounts do not link back to the site
-- tactic: T7
-- severity: medium
-- says: None of your accounts that can be read by everybody names this site: {list}.
-- warns: {silent} of the {read} accounts that can be read by everybody do not name this site: {list}.
-- source: https://docs.joinmastodon.org/user/profile/#verification
-- source_name: Mastodon, link verification; the tactic itself asks for links back
-- grade: C
-- owner: editor
-- measured: EXISTS (SELECT 1 FROM looked_up WHERE topic = 'profiles')
-- applies: EXISTS (SELECT 1 FROM profile_answer WHERE links_back IS NOT NULL)
--
-- Why: A post makes readers curious, and the account is where they look for the way to you. A link back also proves
-- that the account is yours.
--
-- Fix: Put the address of the site into each account.
--
-- Accept: Each account that everybody can read shows the address of the site.

SELECT count(*) AS read, sum(NOT links_back) AS silent,
       group_concat(CASE WHEN NOT links_back THEN platform || ' ' || handle END, ', ') AS list,
       CASE WHEN max(links_back) THEN 'warned' ELSE 'failed' END AS outcome
FROM profile_answer
WHERE links_back IS NOT NULL
HAVING sum(NOT links_back) > 0
