-- id: social-bots-robots
-- title: robots.txt keeps preview bots out
-- tactic: T3
-- severity: blocker
-- says: robots.txt forbids {bot} to read {url} (line {line}; addresses forbidden in all: {pages}), so {platforms} shows no card or no picture.
-- source: https://developer.x.com/en/docs/x-for-websites/cards/guides/getting-started
-- source_name: X, cards: getting started; RFC 9309
-- grade: A
-- revision: 2
-- cap: 30
-- platforms: facebook instagram threads x linkedin pinterest discord google-discover
-- owner: administrator
-- measured: EXISTS (SELECT 1 FROM bot_access)
--
-- Why: A bot that may not read the page draws no card, and one that may not read the picture
-- draws none. Everybody who shares the page there shares a bare address.
--
-- Fix: Allow the preview bots in robots.txt, for pages and for pictures.
--
-- Accept: The platform's own preview tool shows the card.

WITH shut AS (
    SELECT bot, platform, platform_name, is_key, url, line, pages,
           row_number() OVER (PARTITION BY bot ORDER BY on_home DESC, rowid) AS place
    FROM bot_access WHERE NOT allowed
)
SELECT bot, group_concat(DISTINCT platform_name) AS platforms,
       max(CASE WHEN place = 1 THEN url END) AS url, max(CASE WHEN place = 1 THEN coalesce(line, 0) END) AS line,
       sum(pages) / count(DISTINCT platform) AS pages,
       CASE WHEN max(is_key) THEN 'failed' ELSE 'warned' END AS outcome
FROM shut
GROUP BY bot
ORDER BY max(is_key) DESC, bot
