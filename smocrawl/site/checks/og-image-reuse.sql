-- id: og-image-reuse
-- title: Many pages share one picture
-- tactic: T9
-- severity: high
-- says: {pages} content pages offer the same share picture {image}; in all {percent} % of them have no picture of their own.
-- source: https://developers.google.com/search/docs/appearance/google-discover
-- source_name: Google, Discover: avoid the site logo as picture
-- grade: C
-- limit: pages=5 uses=3 pass=0.10 warn=0.40
-- owner: editor
-- effort: many pages
-- revision: 2
-- applies: (SELECT count(*) FROM content_page WHERE og_image IS NOT NULL) >= :pages
--
-- Why: Links to different pages look alike in a feed, so readers take the second for a repeat
-- of the first.
--
-- Fix: Give each article and product a picture of its own.
--
-- Accept: No three pages offer the same picture.

WITH offered AS (
    -- The picture, whatever its address: by its bytes and by how it looks, where it was read whole.
    SELECT coalesce(shown_picture.picture, content_page.og_image) AS image
    FROM content_page LEFT JOIN shown_picture ON shown_picture.page = content_page.url
    WHERE content_page.og_image IS NOT NULL
),
used AS (
    SELECT image, count(*) AS pages FROM offered GROUP BY image HAVING count(*) >= :uses
),
whole AS (
    SELECT 1.0 * (SELECT sum(pages) FROM used) / count(*) AS share FROM offered
)
SELECT image, pages, CAST(round(100.0 * share) AS INTEGER) AS percent, at_most(share, :pass, :warn) AS outcome
FROM used, whole
WHERE share > :pass
ORDER BY pages DESC, image
LIMIT 20
