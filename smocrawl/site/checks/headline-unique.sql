-- id: headline-unique
-- title: Articles or products share a headline in their structured data
-- tactic: T9
-- severity: low
-- says: {pages} pages share the headline “{text}”, for example {example}; in all {percent} % of your pages repeat one.
-- source: https://developers.google.com/search/docs/appearance/structured-data/article
-- source_name: Google, article structured data
-- grade: D
-- limit: pages=5 pass=0.01 warn=0.05
-- owner: editor
-- effort: many pages
-- applies: (SELECT count(*) FROM told_page WHERE headline IS NOT NULL) >= :pages
--
-- Why: Search results and open networks show this headline. Two equal ones cannot be told
-- apart.
--
-- Fix: Give each article and product a headline of its own; add the date to recurring columns.
--
-- Accept: No two pages share a headline.

WITH repeated AS (
    SELECT language, headline AS text, count(*) AS pages, min(address) AS example
    FROM told_page
    WHERE headline IS NOT NULL AND headline != ''
    GROUP BY language, headline
    HAVING count(*) > 1
),
whole AS (
    SELECT 1.0 * (SELECT sum(pages) FROM repeated) / count(*) AS share FROM told_page WHERE headline IS NOT NULL
)
SELECT text, pages, example, round(100.0 * share, 1) AS percent,
       at_most(share, :pass, :warn) AS outcome
FROM repeated, whole
WHERE share > :pass
ORDER BY pages DESC, text
LIMIT 20
