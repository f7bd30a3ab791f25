-- id: sitemap-lastmod-honest
-- title: The sitemap's dates are missing or cannot be trusted
-- tactic: T6
-- severity: medium
-- says: {dated} % of the sitemap's addresses carry a date, {agree} % of those that can be compared agree with the page, and {same} % show the same day.
-- cause none: None of the sitemap's addresses carries a date.
-- source: https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap
-- source_name: Google uses lastmod if it is consistently accurate
-- grade: A
-- revision: 2
-- limit: pass=0.80 warn=0.50 same=0.90 pages=20 days=1.5
-- platforms: google-discover
-- applies: (SELECT count(*) FROM in_sitemap) >= :pages
--
-- Why: Search engines ignore dates that are wrong too often, and then find your updates late.
--
-- Fix: Write lastmod only when the page's content changes, from the same field as the page's
-- own date.
--
-- Accept: The dates in the sitemap equal the dates on the pages.

WITH entry AS (
    SELECT in_sitemap.url, max(in_sitemap.date) AS date, 
           coalesce(html_page.modified, CASE WHEN html_page.kind = 'article' THEN html_page.published END) AS said
    FROM in_sitemap LEFT JOIN html_page ON html_page.url = in_sitemap.url
    GROUP BY in_sitemap.url
),
counted AS (
    SELECT count(*) AS entries, count(julianday(date)) AS dated,
           count(*) FILTER (WHERE julianday(date) IS NOT NULL AND said IS NOT NULL) AS compared,
           count(*) FILTER (WHERE abs(julianday(date) - julianday(said)) <= :days) AS agreed,
           (SELECT max(number) FROM (SELECT count(*) AS number FROM entry WHERE date IS NOT NULL GROUP BY date(date))) AS same
    FROM entry
),
judged AS (
    SELECT *, CASE WHEN 1.0 * same / entries > :same AND compared > agreed THEN 'failed'
                   ELSE at_least(min(1.0 * dated / entries, coalesce(1.0 * agreed / nullif(compared, 0), 1.0)), :pass, :warn)
              END AS found
    FROM counted
)
SELECT CAST(round(100.0 * dated / entries) AS INTEGER) AS dated, CAST(round(100.0 * agreed / max(compared, 1)) AS INTEGER) AS agree,
       CAST(round(100.0 * coalesce(same, 0) / entries) AS INTEGER) AS same,
       CASE WHEN dated = 0 THEN 'none' ELSE '' END AS cause,
       CASE WHEN found = 'failed' AND (SELECT runs FROM this_run) = 1 THEN 'warned' ELSE found END AS outcome
FROM judged
