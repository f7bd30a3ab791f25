-- id: pdf-without-page
-- title: Downloads without a page of their own
-- tactic: T1
-- severity: low
-- says: PDF files that are linked without a page that describes them: {files}, for example {example}.
-- source: https://ogp.me/
-- source_name: Open Graph protocol: tags stand in HTML
-- grade: D
-- limit: words=60 list=5 warn=10
-- owner: editor
-- effort: few pages
-- applies: EXISTS (SELECT 1 FROM pdf_link)
--
-- Why: A PDF carries no preview. Whoever shares it shares a bare file name.
--
-- Fix: Give each download a short page with a title, a picture and the link to the file, and
-- share that page.
--
-- Accept: Every PDF is linked from a page that says in words what it is.

WITH list AS (SELECT page, count(DISTINCT url) AS files FROM pdf_link GROUP BY page),
bare AS (
    SELECT pdf_link.url
    FROM pdf_link JOIN list ON list.page = pdf_link.page
    GROUP BY pdf_link.url
    HAVING max(pdf_link.words >= :words AND list.files <= :list) = 0
)
SELECT count(*) AS files, min(url) AS example, at_most(count(*), 0, :warn) AS outcome
FROM bare
