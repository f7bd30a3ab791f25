-- id: og-description-unique
-- title: Several pages bear the same share description
-- tactic: T9
-- severity: medium
-- says: {pages} pages share the description “{text}”, for example {example}; in all {percent} % of your pages repeat one.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Our own judgement
-- grade: D
-- limit: pages=5 pass=0.05 warn=0.2
-- owner: editor
-- effort: many pages
-- applies: (SELECT count(*) FROM shareable_page WHERE og_description IS NOT NULL) >= :pages
--
-- Why: A description that stands on many pages describes none of them.
--
-- Fix: Write a description of its own for each page, or take its first sentence.
--
-- Accept: No two pages share a description.

WITH repeated AS (
    SELECT language, og_description AS text, count(*) AS pages, min(address) AS example
    FROM shareable_page
    WHERE og_description IS NOT NULL AND og_description != ''
    GROUP BY language, og_description
    HAVING count(*) > 1
),
whole AS (
    SELECT 1.0 * (SELECT sum(pages) FROM repeated) / count(*) AS share FROM shareable_page WHERE og_description IS NOT NULL
)
SELECT text, pages, example, round(100.0 * share, 1) AS percent,
       at_most(share, :pass, :warn) AS outcome
FROM repeated, whole
WHERE share > :pass
ORDER BY pages DESC, text
LIMIT 20
