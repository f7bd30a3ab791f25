-- id: hub-pages
-- title: Too few pages gather a topic
-- tactic: T1
-- severity: medium
-- says: {hubs} list or topic pages with a description of their own gather {content} articles, products and guides; that is one for {each}.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Bhargava 2006, aggregate content into a useful format
-- grade: D
-- revision: 2
-- limit: links=5 content=30 pass=25 warn=100
-- owner: editor
-- effort: few pages
-- applies: (SELECT count(*) FROM content_page) >= :content
--
-- Why: People share the page that answers the whole question. A topic page with an
-- introduction is easier to recommend than ten single articles.
--
-- Fix: Create topic pages with a short introduction and links to the best pages of each topic.
--
-- Accept: Each 25 content pages have one list or topic page with a description of its own.

WITH candidate AS MATERIALIZED (
    SELECT shareable_page.url
    FROM shareable_page
    WHERE shareable_page.kind IN ('listing', 'docs', 'article')
      AND (shareable_page.kind = 'listing' OR shareable_page.outlinks >= :links)
      AND shareable_page.url IN (SELECT url FROM said WHERE described)
),
hub AS (
    SELECT candidate.url FROM candidate JOIN leads_to ON leads_to.url = candidate.url WHERE leads_to.pages >= :links
),
counted AS (
    SELECT (SELECT count(*) FROM hub) AS hubs, (SELECT count(*) FROM content_page) AS content
)
SELECT hubs, content, content / max(hubs, 1) AS each,
       CASE WHEN hubs = 0 THEN 'failed' ELSE at_most(1.0 * content / hubs, :pass, :warn) END AS outcome
FROM counted
