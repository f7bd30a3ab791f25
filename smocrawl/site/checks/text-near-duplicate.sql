-- id: text-near-duplicate
-- title: Pages with nearly the same text
-- tactic: T9
-- severity: medium
-- says: {pages} pages have nearly the same text, for example {example}; in all {percent} % of your pages are such copies.
-- source: https://www.screamingfrog.co.uk/seo-spider/tutorials/how-to-check-for-duplicate-content/
-- source_name: Screaming Frog, near duplicates from 90 %
-- grade: B
-- limit: pages=5 pass=0.01 warn=0.05
-- owner: editor
-- effort: many pages
-- applies: (SELECT count(*) FROM shareable_page) >= :pages
--
-- Why: Copies split the shares and links that one page would have gathered.
--
-- Fix: Merge the copies, rewrite them, or name one of them as canonical.
--
-- Accept: A new crawl finds no near-duplicates.

WITH copied AS (
    SELECT twin.cluster, count(*) AS pages, min(html_page.address) AS example
    FROM twin JOIN html_page ON html_page.url = twin.url GROUP BY twin.cluster
),
whole AS (SELECT 1.0 * (SELECT sum(pages) FROM copied) / (SELECT count(*) FROM shareable_page) AS share)
SELECT pages, example, round(100.0 * share, 1) AS percent, at_most(share, :pass, :warn) AS outcome
FROM copied, whole
WHERE share > :pass
ORDER BY pages DESC, example
LIMIT 20
