-- id: template-consistency
-- title: Pages of one kind are shared in different ways
-- tactic: T8
-- severity: low
-- says: {odd} of {pages} pages of the kind {kind} offer other share targets or another card type than most, for example {example}.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Our own judgement
-- grade: D
-- limit: pages=5 pass=0.95 warn=0.80
-- applies: EXISTS (SELECT 1 FROM shareable_page GROUP BY kind HAVING count(*) >= :pages)
--
-- Why: Readers learn where the buttons are. A strategy shows in doing it the same way
-- everywhere.
--
-- Fix: Let one shared template print share buttons, card type and og:type.
--
-- Accept: All pages of one kind offer the same.

WITH way AS (
    SELECT page.kind, page.address,
           said.share_targets || '|' || coalesce(page.twitter_card, '') || '|' || coalesce(page.og_type, '') AS way
    FROM shareable_page AS page JOIN said ON said.url = page.url
    WHERE page.kind NOT IN ('home', 'other')
),
counted AS (SELECT kind, way, count(*) AS number, min(address) AS example FROM way GROUP BY kind, way),
usual AS (
    SELECT kind, sum(number) AS pages, max(number) AS same FROM counted GROUP BY kind HAVING sum(number) >= :pages
)
SELECT kind, pages - same AS odd, pages,
       (SELECT example FROM counted WHERE counted.kind = usual.kind ORDER BY number, way LIMIT 1) AS example,
       at_least(min(1.0 * same / pages) OVER (), :pass, :warn) AS outcome
FROM usual
WHERE 1.0 * same / pages < :pass
ORDER BY 1.0 * same / pages, kind
