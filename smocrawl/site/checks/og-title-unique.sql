-- id: og-title-unique
-- title: Several pages bear the same share title
-- tactic: T9
-- severity: medium
-- says: {pages} pages share the title “{text}”, for example {example}; in all {percent} % of your pages repeat one.
-- source: https://help.ahrefs.com/en/articles/2433739-what-are-duplicate-pages
-- source_name: Ahrefs, duplicate titles
-- grade: C
-- limit: pages=5 pass=0.01 warn=0.05 group=10
-- owner: editor
-- effort: many pages
-- applies: (SELECT count(*) FROM shareable_page WHERE og_title IS NOT NULL) >= :pages
--
-- Why: In a feed two links with one title look like one link posted twice. The second is
-- skipped.
--
-- Fix: Write a title of its own for each page.
--
-- Accept: No two pages share a title.

WITH repeated AS (
    SELECT language, og_title AS text, count(*) AS pages, min(address) AS example
    FROM shareable_page
    WHERE og_title IS NOT NULL AND og_title != ''
    GROUP BY language, og_title
    HAVING count(*) > 1
),
whole AS (
    SELECT 1.0 * (SELECT sum(pages) FROM repeated) / count(*) AS share FROM shareable_page WHERE og_title IS NOT NULL
)
SELECT text, pages, example, round(100.0 * share, 1) AS percent,
       CASE WHEN pages >= :group THEN 'failed' ELSE at_most(share, :pass, :warn) END AS outcome
FROM repeated, whole
WHERE share > :pass OR pages >= :group
ORDER BY pages DESC, text
LIMIT 20
