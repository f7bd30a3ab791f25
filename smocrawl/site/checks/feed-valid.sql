-- id: feed-valid
-- title: A feed is broken
-- tactic: T2
-- severity: high
-- says: The feed {feed} cannot be read: {problem}.
-- warns: The feed {feed} has faults that readers must guess around: {problem}.
-- cause status: The feed {feed} answers {problem}.
-- cause html: The feed {feed} is a web page.
-- cause type: The feed {feed} is served as {problem}.
-- source: https://www.rssboard.org/rss-specification
-- source_name: RSS 2.0; RFC 4287; JSON Feed 1.1
-- grade: A
-- revision: 2
-- platforms: feed-reader flipboard
-- measured: NOT EXISTS (SELECT 1 FROM feed) OR EXISTS (SELECT 1 FROM feed WHERE status IS NOT NULL)
-- applies: EXISTS (SELECT 1 FROM feed)
--
-- Why: A feed reader that meets a fault shows nothing new, and nobody tells you.
--
-- Fix: Mend the feed until a validator accepts it, and serve it with its own media type.
--
-- Accept: The W3C feed validator reports no error.

SELECT address AS feed,
       CASE WHEN status != 200 THEN status WHEN parses AND problem IS NULL THEN type ELSE coalesce(problem, '') END AS problem,
       CASE WHEN status != 200 THEN 'status' WHEN type = 'text/html' AND NOT parses THEN 'html'
            WHEN parses AND problem IS NULL THEN 'type' ELSE '' END AS cause,
       CASE WHEN status != 200 OR NOT parses THEN 'failed' ELSE 'warned' END AS outcome
FROM feed
WHERE status IS NOT NULL AND (status != 200 OR NOT parses OR problems > 0 OR type = 'text/html')
ORDER BY on_home DESC, pages DESC, address
LIMIT 10
