-- id: touch-icon
-- title: No icon for phones
-- tactic: T2
-- severity: low
-- says: The home page names no square apple-touch-icon of 180 pixels.
-- warns: The apple-touch-icon has {width}×{height} pixels; 180×180 is sharp on every phone.
-- source: https://developer.apple.com/library/archive/documentation/AppleApplications/Reference/SafariWebContent/ConfiguringWebApplications/ConfiguringWebApplications.html
-- source_name: Apple, configuring web applications
-- grade: C
-- limit: pass=180 warn=120
-- platforms: apple-messages
-- measured: (SELECT files_read AND home IS NOT NULL FROM this_run)
--     AND NOT EXISTS (SELECT 1 FROM icon WHERE rel LIKE 'apple-touch-icon%' AND status IS NULL)
--
-- Why: Apple's messages and bookmarks show this icon where a page offers no picture. Without
-- it they show a grey letter.
--
-- Fix: Add link rel="apple-touch-icon" with a square PNG of 180×180 pixels to every page.
--
-- Accept: A bookmark on an iPhone's home screen shows the icon.

WITH best AS (
    SELECT width, height FROM icon WHERE rel LIKE 'apple-touch-icon%' AND status = 200 AND type IS NOT NULL
    ORDER BY width DESC LIMIT 1
)
SELECT (SELECT width FROM best) AS width, (SELECT height FROM best) AS height,
       CASE WHEN (SELECT width = height FROM best) THEN at_least((SELECT width FROM best), :pass, :warn)
            ELSE 'failed' END AS outcome
