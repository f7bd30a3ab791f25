-- id: subscribe-options
-- title: No way to follow without a network
-- tactic: T7
-- severity: low
-- says: The site shows no feed, newsletter, channel, podcast or calendar to subscribe to.
-- warns: The site shows one way to subscribe; two or more reach more people.
-- source: https://sparktoro.com/blog/
-- source_name: SparkToro on channels you own
-- grade: D
-- revision: 2
-- limit: pass=2 warn=1 pages=3
-- platforms: feed-reader whatsapp telegram
-- owner: editor
-- measured: NOT EXISTS (SELECT 1 FROM drawn_home)
-- reason: script
--
-- Why: Networks decide who sees your posts. A newsletter or a feed reaches everybody who asked
-- for it.
--
-- Fix: Show links to your feed and to a newsletter or channel.
--
-- Accept: Every page offers two ways to subscribe.

WITH shown AS (
    SELECT way FROM way
    GROUP BY way
    HAVING count(*) >= :pages OR max(page = (SELECT coalesce(home, 0) FROM this_run))
)
SELECT count(*) AS ways, coalesce(group_concat(way, ', '), '') AS list, at_least(count(*), :pass, :warn) AS outcome
FROM shown
