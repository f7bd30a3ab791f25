-- id: blog-reachable
-- title: The home page does not lead to your articles
-- tactic: T7
-- severity: low
-- says: {articles} articles, but the home page links neither to one of them nor to a list of them.
-- warns: {articles} articles are linked only from the foot of the home page.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Bhargava 2006, adding a blog is a great step
-- grade: C
-- limit: articles=5
-- measured: (SELECT home IS NOT NULL AND links_followed FROM this_run)
-- applies: (SELECT count(*) FROM article) >= :articles
--
-- Why: Articles are what people share. A visitor who does not find them shares nothing.
--
-- Fix: Link the journal from the main menu.
--
-- Accept: The main menu leads to the articles.

WITH home AS (
    SELECT this_run.id AS run, this_run.home AS url FROM this_run
    UNION ALL
    SELECT this_run.id, same_page.url FROM same_page JOIN this_run ON this_run.home = same_page.page
),
leads AS (
    SELECT link.areas
    FROM home
    CROSS JOIN link ON link.run = home.run AND link.src = home.url
    LEFT JOIN same_page ON same_page.url = link.dst
    WHERE coalesce(same_page.page, link.dst) IN (SELECT url FROM article)
       OR coalesce(same_page.page, link.dst) IN (
           SELECT leads_to.url FROM leads_to JOIN html_page ON html_page.url = leads_to.url
           WHERE html_page.kind = 'listing' AND leads_to.articles)
)
SELECT (SELECT count(*) FROM article) AS articles,
       CASE WHEN NOT EXISTS (SELECT 1 FROM leads) THEN 'failed'
            WHEN NOT EXISTS (SELECT 1 FROM leads WHERE areas & ~16) THEN 'warned'
            ELSE 'passed' END AS outcome
