-- id: copyright-year
-- title: The copyright line shows an old year
-- tactic: T6
-- severity: low
-- says: The copyright line on {pages} pages ends in {year}.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Our own judgement
-- grade: D
-- limit: pass=0 warn=1
-- time_dependent: yes
-- applies: EXISTS (SELECT 1 FROM said WHERE copyright_year IS NOT NULL)
--
-- Why: An old year at the foot of the page is the first thing that says nobody looks after the
-- site.
--
-- Fix: Print the year automatically.
--
-- Accept: The footer shows this year.

SELECT count(*) AS pages, copyright_year AS year,
       at_most(CAST(strftime('%Y', (SELECT now FROM this_run)) AS INTEGER) - copyright_year, :pass, :warn) AS outcome
FROM said
WHERE copyright_year IS NOT NULL
GROUP BY copyright_year
ORDER BY pages DESC, year DESC
LIMIT 1
