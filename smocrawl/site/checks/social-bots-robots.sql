-- id: social-bots-robots
-- title: robots.txt keeps preview bots out
-- tactic: T3
-- severity: blocker
-- says: robots.txt forbids {bot} to read {url} (line {line}), so {platforms} shows no card or no picture.
-- source: https://developer.x.com/en/docs/x-for-websites/cards/guides/getting-started
-- source_name: X, cards: getting started; RFC 9309
-- grade: A
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

SELECT bot, group_concat(DISTINCT platform_name) AS platforms, min(url) AS url, coalesce(min(line), 0) AS line,
       CASE WHEN max(is_key) THEN 'failed' ELSE 'warned' END AS outcome
FROM bot_access
WHERE NOT allowed
GROUP BY bot
ORDER BY max(is_key) DESC, bot
