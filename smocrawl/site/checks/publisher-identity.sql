-- id: publisher-identity
-- title: The site bears several names
-- tactic: T4
-- severity: medium
-- says: The home page calls the site by {names} different names: {list}.
-- source: https://developers.google.com/search/docs/appearance/site-names
-- source_name: Google, site names
-- grade: A
-- revision: 2
-- limit: pass=1 warn=2
-- measured: (SELECT home IS NOT NULL FROM this_run)
-- applies: (SELECT count(*) FROM brand) >= 2
--
-- Why: The name stands above every card. If it changes from network to network, people do not
-- see that it is you.
--
-- Fix: Use one spelling of the name in og:site_name, in the structured data and in the
-- manifest.
--
-- Accept: All four places show the same name.

SELECT count(DISTINCT folded) AS names, group_concat(name || ' (' || place || ')', ', ') AS list,
       at_most(count(DISTINCT folded), :pass, :warn) AS outcome
FROM brand
