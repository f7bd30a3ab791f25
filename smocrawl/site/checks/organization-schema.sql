-- id: organization-schema
-- title: The home page's markup says too little about who is behind the site
-- tactic: T4
-- severity: high
-- says: The home page describes no organisation or person in its structured data.
-- cause name: The home page's structured data does not name your organisation.
-- cause url: The home page's structured data about {name} lacks its address (url).
-- cause logo: The home page's structured data about {name} lacks a logo.
-- cause same-as: The home page's structured data about {name} does not list its accounts (sameAs).
-- source: https://developers.google.com/search/docs/appearance/structured-data/organization
-- source_name: Google, Organization structured data
-- grade: A
-- revision: 3
-- measured: (SELECT home IS NOT NULL FROM this_run) AND NOT EXISTS (SELECT 1 FROM drawn_home)
-- reason: script
--
-- Why: Search engines and networks take your name, logo and accounts from this description.
-- Without it they guess.
--
-- Fix: Add an Organization (or Person) in JSON-LD to the home page with name, url, logo and
-- sameAs.
--
-- Accept: Google's Rich Results Test shows the organisation with its logo.

WITH best AS (
    SELECT * FROM organization
    ORDER BY (name IS NOT NULL) + (url IS NOT NULL) + (logo IS NOT NULL) + (same_as > 0) DESC,
             type = 'Person'
    LIMIT 1
),
told AS (
    SELECT 0 AS place, '' AS name, 'none' AS cause, 'failed' AS outcome WHERE NOT EXISTS (SELECT 1 FROM best)
    UNION ALL
    SELECT 1, '', 'name', 'warned' FROM best WHERE name IS NULL
    UNION ALL
    SELECT 2, coalesce(name, type), 'url', 'warned' FROM best WHERE url IS NULL
    UNION ALL
    SELECT 3, coalesce(name, type), 'logo', 'warned' FROM best WHERE logo IS NULL AND type != 'Person'
    UNION ALL
    SELECT 4, coalesce(name, type), 'same-as', 'warned' FROM best WHERE same_as = 0
)
SELECT name, cause, outcome
FROM told
ORDER BY place
