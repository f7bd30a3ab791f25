-- id: content-aging
-- title: Most articles are old
-- tactic: T6
-- severity: medium
-- says: {old} of {articles} dated articles ({percent} %) were last touched more than {months} months ago.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Our own judgement
-- grade: D
-- limit: articles=20 pass=0.30 warn=0.60
-- owner: editor
-- effort: many pages
-- time_dependent: yes
-- applies: (SELECT aging_months IS NOT NULL FROM audience)
--     AND (SELECT count(*) FROM article WHERE coalesce(modified, published) IS NOT NULL) >= :articles
--
-- Why: People who find an old date first doubt the rest. Old advice is not passed on.
--
-- Fix: Bring the articles that are still read up to date, merge the others or mark them as
-- archive.
--
-- Accept: Seven of ten articles carry a date within the limit.

WITH dated AS (
    SELECT max(coalesce(julianday(modified), 0), coalesce(julianday(published), 0)) AS day FROM article
    WHERE coalesce(modified, published) IS NOT NULL
),
counted AS (
    SELECT count(*) AS articles, aging_months AS months,
           count(*) FILTER (WHERE day < julianday((SELECT now FROM this_run), '-' || aging_months || ' months')) AS old
    FROM dated, audience
)
SELECT old, articles, CAST(round(100.0 * old / articles) AS INTEGER) AS percent, months, at_most(1.0 * old / articles, :pass, :warn) AS outcome
FROM counted
