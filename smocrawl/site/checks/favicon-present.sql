-- id: favicon-present
-- title: The site has no icon that others can load
-- tactic: T2
-- severity: medium
-- says: The home page's icon does not load: {problem}.
-- warns: The icon is found only at /favicon.ico; the home page does not name it.
-- source: https://developers.google.com/search/docs/appearance/favicon-in-search
-- source_name: Google, favicons in search results
-- grade: A
-- platforms: google-discover apple-messages slack
-- measured: (SELECT files_read FROM this_run) AND (SELECT home IS NOT NULL FROM this_run)
--     AND (EXISTS (SELECT 1 FROM icon WHERE status IS NOT NULL) OR NOT EXISTS (SELECT 1 FROM icon))
--
-- Why: The icon stands beside your name in bookmarks, tabs, search results and message
-- previews. Without it your links look anonymous.
--
-- Fix: Name an icon in every page's head with link rel="icon" and serve it as an image with
-- status 200.
--
-- Accept: Opening the icon's address shows the picture.

WITH state AS (
    SELECT count(*) FILTER (WHERE linked AND status = 200 AND type IS NOT NULL) AS good,
           count(*) FILTER (WHERE NOT linked AND status = 200 AND type IS NOT NULL) AS root,
           count(*) AS known,
           max(CASE WHEN status != 200 THEN url || ' answers ' || status
                    WHEN status = 200 AND type IS NULL THEN url || ' is no image'
                    WHEN error IS NOT NULL THEN url || ': ' || error END) AS problem
    FROM icon WHERE rel NOT LIKE '%mask%'
)
SELECT coalesce(problem, 'it names none') AS problem,
       CASE WHEN good THEN 'passed' WHEN root THEN 'warned' WHEN known THEN 'failed' ELSE 'warned' END AS outcome
FROM state
