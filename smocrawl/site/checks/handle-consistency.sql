-- id: handle-consistency
-- title: Your accounts bear different names
-- tactic: T7
-- severity: low
-- says: {same} of {accounts} accounts bear the name {usual}; the others: {odd}.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Our own judgement
-- grade: D
-- limit: accounts=3 pass=0.80 warn=0.50
-- owner: editor
-- effort: many pages
-- revision: 3
-- applies: (SELECT count(DISTINCT platform) FROM named_profile WHERE platform NOT IN ('github', 'gitlab', 'codeberg', 'spotify', 'applepodcasts', 'spreaker', 'anchor'))
--     >= :accounts
--
-- Why: People who know you by one name look for you, and mention you, by that name elsewhere.
--
-- Fix: Use one name on all networks where it can be had.
--
-- Accept: At least four of five accounts bear the same name.

WITH named AS (
    SELECT platform, handle, handle_stem(handle) AS stem FROM named_profile
    WHERE platform NOT IN ('github', 'gitlab', 'codeberg', 'spotify', 'applepodcasts', 'spreaker', 'anchor')
),
usual AS (SELECT stem, count(*) AS number FROM named GROUP BY stem ORDER BY number DESC, stem LIMIT 1)
SELECT sum(alike(named.stem, usual.stem)) AS same, count(*) AS accounts, usual.stem AS usual,
       coalesce(group_concat(CASE WHEN NOT alike(named.stem, usual.stem) THEN named.platform || ' ' || named.handle END, ', '), '')
           AS odd,
       at_least(1.0 * sum(alike(named.stem, usual.stem)) / count(*), :pass, :warn) AS outcome
FROM named, usual
