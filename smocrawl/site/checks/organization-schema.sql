-- id: organization-schema
-- title: The home page does not say who is behind the site
-- tactic: T4
-- severity: high
-- says: The home page describes no organisation or person in its structured data.
-- warns: The description of {name} on the home page lacks {lacks}.
-- source: https://developers.google.com/search/docs/appearance/structured-data/organization
-- source_name: Google, Organization structured data
-- grade: A
-- measured: (SELECT home IS NOT NULL FROM this_run)
--
-- Why: Search engines and networks take your name, logo and accounts from this description.
-- Without it they guess.
--
-- Fix: Add an Organization (or Person) in JSON-LD to the home page with name, url, logo and
-- sameAs.
--
-- Accept: Google's Rich Results Test shows the organisation with its logo.

WITH best AS (
    SELECT * FROM organization ORDER BY (name IS NOT NULL) + (url IS NOT NULL) + (logo IS NOT NULL) + (same_as > 0) DESC LIMIT 1
)
SELECT (SELECT coalesce(name, 'your organisation') FROM best) AS name,
       coalesce((SELECT trim(CASE WHEN name IS NULL THEN 'a name ' ELSE '' END || CASE WHEN url IS NULL THEN 'its address ' ELSE '' END
                    || CASE WHEN logo IS NULL THEN 'a logo ' ELSE '' END
                    || CASE WHEN same_as = 0 THEN 'its accounts (sameAs)' ELSE '' END) FROM best), '') AS lacks,
       CASE WHEN NOT EXISTS (SELECT 1 FROM best) THEN 'failed'
            WHEN (SELECT name IS NOT NULL AND url IS NOT NULL AND logo IS NOT NULL AND same_as > 0 FROM best) THEN 'passed'
            ELSE 'warned' END AS outcome
