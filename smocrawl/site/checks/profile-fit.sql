-- id: profile-fit
-- title: A network that your audience expects is missing
-- tactic: T8
-- severity: medium
-- says: The site links to no account on {missing}; {present} of {wanted} expected networks are there.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Our own judgement
-- grade: D
-- revision: 2
-- limit: pass=1 warn=0.5
-- owner: editor
-- measured: NOT EXISTS (SELECT 1 FROM drawn_home)
-- reason: script
-- applies: EXISTS (SELECT 1 FROM network WHERE must AND NOT opted_out)
--
-- Why: People look for you where their friends are. Where you are missing, others answer in
-- your place.
--
-- Fix: Open or link an account there, or note in the audience profile that you stay away on
-- purpose.
--
-- Accept: All expected networks are linked.

WITH state AS (
    SELECT name, id IN (SELECT platform FROM own_profile) AS linked FROM network WHERE must AND NOT opted_out
)
SELECT coalesce(group_concat(CASE WHEN NOT linked THEN name END, ', '), '') AS missing, sum(linked) AS present,
       count(*) AS wanted, at_least(1.0 * sum(linked) / count(*), :pass, :warn) AS outcome
FROM state
