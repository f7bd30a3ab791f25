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

WITH leads AS (
    SELECT internal_link.areas
    FROM internal_link
    JOIN this_run ON this_run.home = internal_link.src
    WHERE internal_link.dst IN (SELECT url FROM article)
       OR internal_link.dst IN (
           SELECT onward.src FROM internal_link AS onward JOIN article ON article.url = onward.dst
           JOIN html_page ON html_page.url = onward.src AND html_page.kind = 'listing')
)
SELECT (SELECT count(*) FROM article) AS articles,
       CASE WHEN NOT EXISTS (SELECT 1 FROM leads) THEN 'failed'
            WHEN NOT EXISTS (SELECT 1 FROM leads WHERE areas & ~16) THEN 'warned'
            ELSE 'passed' END AS outcome
