-- id: social-bots-http
-- title: The server turns preview bots away
-- tactic: T3
-- severity: blocker
-- says: Asked in the name of {agent}, {url} answers {status} and no page; {platforms} fetches links from its users' devices or servers, which nobody can tell from us.
-- warns: Asked in the name of {agent}, {url} answers {status} and no page. Perhaps your server knows the true bot of {platforms} by its address; the platform's own preview tool shows it.
-- cause differs: Asked in the name of {agent}, {url} is another page than browsers see: {tag} differs. {platforms} shows something else than you think.
-- source: https://developers.facebook.com/docs/sharing/webmasters/web-crawlers
-- source_name: Facebook, crawler: allow its user agents or addresses
-- grade: A
-- cap: 40
-- platforms: facebook x linkedin pinterest slack telegram discord whatsapp
-- owner: administrator
-- measured: EXISTS (SELECT 1 FROM looked_up WHERE topic = 'bots')
-- applies: EXISTS (SELECT 1 FROM bot_answer)
--
-- Why: A firewall that takes preview bots for attackers leaves every shared link without title and picture, while the
-- page looks well in every browser.
--
-- Fix: Allow the preview bots in the firewall or the content network; show them the page that browsers see.
--
-- Accept: Asked in the name of each bot, the page answers 200 with the same share tags.

SELECT agent, group_concat(DISTINCT platforms) AS platforms, min(url) AS url, coalesce(max(status), 0) AS status,
       coalesce(max(differs), '') AS tag,
       CASE WHEN NOT max(refused) THEN 'differs' END AS cause,
       CASE WHEN max(refused) AND max(anybodys) THEN 'failed' ELSE 'warned' END AS outcome
FROM bot_answer
WHERE refused OR differs IS NOT NULL
GROUP BY agent
ORDER BY max(refused AND anybodys) DESC, max(refused) DESC, agent
