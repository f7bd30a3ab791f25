-- id: social-bots-robots
-- title: robots.txt keeps preview bots out
-- tactic: T3
-- severity: blocker
-- says: robots.txt forbids {bot} to read {url} (line {line}; {pages} of {of} addresses of pages and pictures), so {platforms} shows no card or no picture.
-- source: https://developer.x.com/en/docs/x-for-websites/cards/guides/getting-started
-- source_name: X, cards: getting started; RFC 9309
-- grade: A
-- revision: 3
-- limit: most=0.3 many=0.1 some=0.02
-- limit_reason: Our own judgement (grade D), as no source says how many addresses matter: more than 30 % is a closed site,
--   more than 10 % a closed section, more than 2 % a folder, and what is less are stray addresses.
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

-- Severity: a blocker where the home page or its picture is shut or more than :most of all addresses, high above :many, medium
-- above :some, and low where a few stray ones are. These shares are our own judgement, see limit_reason. A key platform counts first, and of several bots the one that is kept from most.

WITH shut AS (
    SELECT bot, platform, platform_name, is_key, on_home, url, line, pages,
           row_number() OVER (PARTITION BY bot ORDER BY on_home DESC, rowid) AS place
    FROM bot_access WHERE NOT allowed
),
asked AS (
    SELECT bot, sum(pages) / count(DISTINCT platform) AS addresses FROM bot_access GROUP BY bot
),
told AS (
    SELECT bot, group_concat(DISTINCT platform_name) AS platforms,
           max(CASE WHEN place = 1 THEN url END) AS url, max(CASE WHEN place = 1 THEN coalesce(line, 0) END) AS line,
           sum(pages) / count(DISTINCT platform) AS pages, asked.addresses AS "of",
           CASE WHEN max(is_key) THEN 'failed' ELSE 'warned' END AS outcome,
           max(on_home) AS on_home, max(is_key) AS is_key
    FROM shut JOIN asked USING (bot)
    GROUP BY bot
)
SELECT bot, platforms, url, line, pages, "of", outcome,
       CASE WHEN on_home OR pages > :most * "of" THEN 'blocker'
            WHEN pages > :many * "of" THEN 'high'
            WHEN pages > :some * "of" THEN 'medium' ELSE 'low' END AS severity
FROM told
ORDER BY is_key DESC, on_home DESC, pages DESC, bot
