-- id: sitemap-coverage
-- title: The sitemap does not match the site
-- tactic: T1
-- severity: medium
-- says: {covered} % of your public pages stand in the sitemap, and {sound} % of its addresses are public pages; both should be 95 % or more.
-- source: https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap
-- source_name: Google, build a sitemap
-- grade: C
-- revision: 2
-- limit: pass=0.95 warn=0.80
-- platforms: google-discover
-- measured: (SELECT whole AND files_read FROM this_run)
-- applies: (SELECT count(*) FROM public_page) > 1
--
-- Why: Search and Discover learn of new pages from the sitemap. What is missing there is found
-- late; what is wrong there makes the whole list less trusted.
--
-- Fix: Generate the sitemap from published pages with their canonical addresses only.
--
-- Accept: A new crawl finds the same pages by links and in the sitemap.

WITH counted AS (
    SELECT (SELECT count(*) FROM public_page) AS pages,
           (SELECT count(*) FROM public_page WHERE in_sitemap) AS listed_pages,
           (SELECT count(*) FROM in_sitemap) AS entries,
           (SELECT count(DISTINCT in_sitemap.url)
            FROM in_sitemap JOIN this_run
            JOIN fetch ON fetch.run = this_run.id AND fetch.url = in_sitemap.url AND fetch.status IS NOT NULL) AS asked
)
SELECT CAST(round(100.0 * listed_pages / pages) AS INTEGER) AS covered, CAST(round(100.0 * listed_pages / max(asked, 1)) AS INTEGER) AS sound,
       CASE WHEN entries = 0 THEN 'failed'
            ELSE at_least(min(1.0 * listed_pages / pages, 1.0 * listed_pages / max(asked, 1)), :pass, :warn) END AS outcome
FROM counted
