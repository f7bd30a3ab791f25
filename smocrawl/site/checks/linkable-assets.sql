-- id: linkable-assets
-- title: Little on the site is worth linking to
-- tactic: T1
-- severity: medium
-- says: {assets} of {pages} public pages ({percent} %) are articles, guides, documentation, videos or other long texts: things that others cite.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Bhargava 2006, increase your linkability
-- grade: D
-- limit: pages=10 pass=0.20 pass_pages=50 warn=0.05 warn_pages=10 words=300
-- revision: 2
-- owner: editor
-- effort: many pages
-- applies: (SELECT count(*) FROM shareable_page) >= :pages
--
-- Why: Nobody links to a storefront. People link to what they can quote: an explanation,
-- a guide, a comparison, a film.
--
-- Fix: Add a journal, guides or data pages that answer what your customers ask.
--
-- Accept: At least a fifth of the public pages, or fifty of them, are of that sort.

WITH counted AS (
    -- A long text whose purpose no markup tells is most often a post of an old blog.
    SELECT count(*) AS pages,
           count(*) FILTER (WHERE kind IN ('article', 'docs', 'video') OR kind = 'other' AND words >= :words) AS assets
    FROM shareable_page
)
SELECT assets, pages, CAST(round(100.0 * assets / pages) AS INTEGER) AS percent,
       CASE WHEN assets >= :pass_pages OR assets >= :pass * pages THEN 'passed'
            WHEN assets >= :warn_pages OR assets >= :warn * pages THEN 'warned'
            ELSE 'failed' END AS outcome
FROM counted
