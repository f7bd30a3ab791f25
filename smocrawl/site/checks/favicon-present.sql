-- id: favicon-present
-- title: The site has no icon that others can load
-- tactic: T2
-- severity: medium
-- says: The home page names no icon.
-- warns: The icon is found only at /favicon.ico; the home page does not name it.
-- cause status: The home page's icon {url} answers {problem}.
-- cause no-image: The home page's icon {url} is no image.
-- cause error: The home page's icon {url} does not load: {problem}.
-- cause none: The home page names no icon.
-- source: https://developers.google.com/search/docs/appearance/favicon-in-search
-- source_name: Google, favicons in search results
-- grade: A
-- platforms: google-discover apple-messages slack
-- measured: (SELECT files_read FROM this_run) AND (SELECT home IS NOT NULL FROM this_run)
--     AND (EXISTS (SELECT 1 FROM icon WHERE status IS NOT NULL) OR NOT EXISTS (SELECT 1 FROM icon))
-- applies: EXISTS (SELECT 1 FROM icon WHERE linked AND status = 200)
--     OR NOT EXISTS (SELECT 1 FROM icon WHERE linked AND status IS NULL AND error = 'robots')
-- revision: 2
--
-- Why: The icon stands beside your name in bookmarks, tabs, search results and message
-- previews. Without it your links look anonymous.
--
-- Fix: Name an icon in every page's head with link rel="icon" and serve it as an image with
-- status 200.
--
-- Accept: Opening the icon's address shows the picture.

WITH known AS (
    SELECT *, status = 200 AND type IS NOT NULL AS good FROM icon WHERE rel NOT LIKE '%mask%'
),
bad AS (
    SELECT url, CASE WHEN error IS NOT NULL THEN 'error' WHEN status != 200 THEN 'status' ELSE 'no-image' END AS cause,
           coalesce(error, status) AS problem
    FROM known WHERE NOT coalesce(good, 0) ORDER BY linked DESC, url LIMIT 1
)
SELECT coalesce((SELECT url FROM bad), '') AS url, coalesce((SELECT problem FROM bad), '') AS problem,
       CASE WHEN EXISTS (SELECT 1 FROM known WHERE good) THEN 'root-only'
            ELSE coalesce((SELECT cause FROM bad), 'none') END AS cause,
       CASE WHEN EXISTS (SELECT 1 FROM known WHERE good AND linked) THEN 'passed'
            WHEN EXISTS (SELECT 1 FROM known WHERE good) OR NOT EXISTS (SELECT 1 FROM known) THEN 'warned'
            ELSE 'failed' END AS outcome
