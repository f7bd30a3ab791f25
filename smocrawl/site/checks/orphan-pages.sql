-- id: orphan-pages
-- title: Pages that no link leads to
-- tactic: T1
-- severity: high
-- says: {pages} of {listed} addresses in your sitemaps and feeds ({percent} %) are not linked from any page of the site, for example {example}.
-- source: https://help.ahrefs.com/en/articles/2607489-how-to-find-and-fix-orphan-pages
-- source_name: Ahrefs, orphan pages as errors
-- grade: C
-- limit: pass=0.01 warn=0.05
-- owner: editor
-- effort: few pages
-- measured: (SELECT links_followed AND whole FROM this_run)
-- applies: EXISTS (SELECT 1 FROM listed JOIN this_run ON this_run.id = listed.run)
--
-- Why: Readers and preview bots find a page by its links. A page that only the sitemap
-- knows is hardly ever visited, and never passed on.
--
-- Fix: Link each of these pages from a list, a hub or a related page, or take it out of the
-- sitemap.
--
-- Accept: A new crawl reaches every page of the sitemap by following links.

WITH named AS (
    SELECT DISTINCT public_page.url, public_page.address,
           public_page.url IN (SELECT url FROM linked_page) AS linked
    FROM public_page
    JOIN this_run ON this_run.id = public_page.run
    JOIN listed ON listed.run = public_page.run AND listed.url = public_page.url
    WHERE public_page.url != coalesce(this_run.home, 0)
),
counted AS (
    SELECT count(*) AS listed, count(*) FILTER (WHERE NOT linked) AS pages,
           min(address) FILTER (WHERE NOT linked) AS example
    FROM named
)
SELECT pages, listed, CAST(round(100.0 * pages / listed) AS INTEGER) AS percent, example,
       at_most(1.0 * pages / nullif(listed, 0), :pass, :warn) AS outcome
FROM counted
