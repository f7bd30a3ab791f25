-- id: contributor-credit
-- title: Those who contribute are not named
-- tactic: T5
-- severity: low
-- says: Visitors comment and contribute, but the site has no page that names or thanks them.
-- warns: Only some pictures name their author.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Bhargava 2006, reward helpful users
-- grade: D
-- owner: editor
-- effort: few pages
-- revision: 2
-- measured: (SELECT home IS NOT NULL FROM this_run)
-- applies: EXISTS (SELECT 1 FROM html_page WHERE kind = 'forum') OR (SELECT sum(comments) FROM said) >= 20
--
-- Why: People who are named come back and show others where they are named.
--
-- Fix: Thank contributors by name and link on a page of their own, or beside what they gave.
--
-- Accept: A contributor finds their name on the site.

SELECT CASE WHEN EXISTS (SELECT 1 FROM topic WHERE topic = 'contributors') THEN 'passed'
            WHEN (SELECT sum(credits) FROM said) > 0 THEN 'warned' ELSE 'failed' END AS outcome
