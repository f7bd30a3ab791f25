-- id: bot-compression
-- title: Pages are sent in a form that Facebook's bot cannot read
-- tactic: T3
-- severity: medium
-- says: Asked for gzip or deflate, {url} is sent as {coding}.
-- warns: Asked for gzip or deflate, {url} is sent unpacked ({kilobytes} kB).
-- cause unpacked: Asked for gzip or deflate, {url} is sent unpacked, {kilobytes} kB of it.
-- source: https://developers.facebook.com/docs/sharing/webmasters/web-crawlers
-- source_name: Facebook, crawler: gzip or deflate
-- grade: A
-- limit: large=100000
-- platforms: facebook instagram threads messenger whatsapp
-- owner: administrator
-- measured: EXISTS (SELECT 1 FROM looked_up WHERE topic = 'bots')
-- applies: EXISTS (SELECT 1 FROM bot_answer WHERE status = 200)
--
-- Why: Facebook's crawler offers gzip and deflate. What comes in another coding it cannot read, and what comes
-- unpacked takes several times as long.
--
-- Fix: Switch on gzip on the server, and send Brotli or Zstandard only to those who offer them.
--
-- Accept: curl --compressed with "Accept-Encoding: gzip, deflate" gives the page with Content-Encoding gzip or deflate.

WITH sent AS (
    SELECT url, coalesce(coding, 'identity') AS coding, max(size) AS size
    FROM bot_answer WHERE status = 200 GROUP BY url, coalesce(coding, 'identity')
)
SELECT url, coding, size / 1000 AS kilobytes, CASE WHEN coding = 'identity' AND size >= :large THEN 'unpacked' END AS cause,
       CASE WHEN coding = 'identity' AND size < :large THEN 'warned' ELSE 'failed' END AS outcome
FROM sent
WHERE coding NOT IN ('gzip', 'x-gzip', 'deflate')
ORDER BY size DESC, url
