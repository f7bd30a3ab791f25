-- id: canonical-home
-- title: Inner pages pass themselves off as the home page
-- tactic: T1
-- severity: high
-- says: {pages} pages name the home page as canonical, for example {example}: whoever links to them counts for the home page.
-- source: https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
-- source_name: Google, canonical addresses; Mastodon and others follow them as well
-- grade: A
-- limit: pass=0 warn=0.01
-- platforms: mastodon google-discover
-- applies: EXISTS (SELECT 1 FROM home_page) AND (SELECT count(*) FROM html_page) > 1
--
-- Why: Search engines and the networks that follow canonicals show the home page in place of the page that was shared.
--
-- Fix: Let the template write each page's own address into rel=canonical.
--
-- Accept: Only the home page, and copies of it, name it as canonical.

WITH wrong AS (
    SELECT page.address
    FROM html_page AS page
    JOIN home_page AS home ON rtrim(page.canonical, '/') = home.bare
    WHERE page.url != home.url
      AND page.kind IN ('article', 'product', 'video', 'event', 'docs', 'listing', 'profile', 'forum')
      AND coalesce(page.title, '') != coalesce(home.title, '')
),
whole AS (SELECT count(*) AS pages, min(address) AS example FROM wrong)
SELECT pages, example, at_most(1.0 * pages / (SELECT count(*) FROM html_page), :pass, :warn) AS outcome
FROM whole
WHERE pages > 0
