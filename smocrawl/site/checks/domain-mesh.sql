-- id: domain-mesh
-- title: Your sites do not link to one another
-- tactic: T7
-- severity: medium
-- says: The home page links to {linked} of your {domains} other domains; missing: {missing}.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Our own judgement
-- grade: D
-- limit: pass=1 warn=0.5
-- owner: editor
-- measured: (SELECT home IS NOT NULL FROM this_run)
-- applies: EXISTS (SELECT 1 FROM own_domain)
--
-- Why: Visitors of one of your sites do not know of the others unless a link tells them.
--
-- Fix: Link your sites from one another's footers.
--
-- Accept: Each home page links to all others.

WITH state AS (
    SELECT host, host IN (SELECT outside_host.host FROM outside_host) AS linked FROM own_domain
)
SELECT sum(linked) AS linked, count(*) AS domains, coalesce(group_concat(CASE WHEN NOT linked THEN host END, ', '), '') AS missing,
       at_least(1.0 * sum(linked) / count(*), :pass, :warn) AS outcome
FROM state
