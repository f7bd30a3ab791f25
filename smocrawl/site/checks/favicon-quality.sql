-- id: favicon-quality
-- title: The icon is too small or not square
-- tactic: T2
-- severity: low
-- says: The largest icon has {width}×{height} pixels; it should be square and at least 48 pixels a side.
-- source: https://developers.google.com/search/docs/appearance/favicon-in-search
-- source_name: Google, favicons in search results
-- grade: A
-- limit: pass=48 warn=16
-- revision: 2
-- platforms: google-discover apple-messages
-- applies: EXISTS (SELECT 1 FROM icon WHERE status = 200 AND (width IS NOT NULL OR type = 'image/svg+xml'))
--     AND NOT EXISTS (SELECT 1 FROM icon WHERE linked AND status IS NULL AND error = 'robots')
--
-- Why: A small icon is blown up to a blur on today's screens, and search engines leave out
-- icons that are not square.
--
-- Fix: Provide a square icon of 48, 96 or 192 pixels a side, or an SVG.
--
-- Accept: The icon is sharp on a phone's home screen.

SELECT width, height,
       CASE WHEN width != height THEN 'failed' ELSE at_least(width, :pass, :warn) END AS outcome
FROM icon
WHERE status = 200 AND width IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM icon WHERE status = 200 AND type = 'image/svg+xml')
ORDER BY width = height DESC, width DESC, url
LIMIT 1
