-- id: publishing-cadence
-- title: New work appears too rarely
-- tactic: T9
-- severity: medium
-- says: {items} new articles in the last {window} days (expected {wanted}), and up to {gap} days without one in the last year (expected at most {longest}).
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Bhargava, stay fresh; numbers by audience are our own
-- grade: D
-- limit: items=5 window=90 year=365
-- owner: editor
-- effort: many pages
-- time_dependent: yes
-- applies: (SELECT count(*) FROM dated_work) >= :items
--
-- Why: Networks show accounts that post steadily, and readers come back where there is
-- something new.
--
-- Fix: Plan a rhythm that you can keep, and keep it.
--
-- Accept: Both numbers are within what the audience expects.

WITH clock AS (SELECT julianday((SELECT now FROM this_run)) AS now),
day AS (
    SELECT DISTINCT julianday(day) AS day FROM dated_work, clock WHERE julianday(day) BETWEEN now - :year AND now + 1
),
gap AS (
    SELECT coalesce(lead(day) OVER (ORDER BY day), now) - day AS gap FROM day, clock
),
counted AS (
    SELECT (SELECT count(*) FROM dated_work WHERE julianday(day) > now - :window) AS items,
           CAST(max(coalesce((SELECT max(gap) FROM gap), :year), 0) AS INTEGER) AS gap
    FROM clock
)
SELECT items, gap, cadence_items AS wanted, cadence_gap_days AS longest, CAST(:window AS INTEGER) AS window,
       CASE (items >= cadence_items) + (gap <= cadence_gap_days) WHEN 2 THEN 'passed' WHEN 1 THEN 'warned' ELSE 'failed' END
           AS outcome
FROM counted, audience
