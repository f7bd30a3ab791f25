-- id: key-platform-ready
-- title: A platform that matters to your audience shows the site badly
-- tactic: T8
-- severity: high
-- says: On {name} the site is {percent} % ready; your audience meets you there first.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Our own judgement
-- grade: D
-- limit: pass=85 warn=60
-- measured: EXISTS (SELECT 1 FROM platform_ready WHERE score IS NOT NULL)
--
-- Why: Three platforms carry most of what this audience shares. What is wrong there is seen
-- most.
--
-- Fix: Mend the faults of your key platforms first; the matrix of platforms shows which.
--
-- Accept: All key platforms are at 85 % or more.

SELECT name, CAST(round(score, 9) AS INTEGER) AS percent,
       CASE WHEN blocked THEN 'failed' ELSE at_least(score, :pass, :warn) END AS outcome
FROM platform_ready
WHERE score IS NOT NULL AND (blocked OR round(score, 9) < :pass)
ORDER BY score, platform
