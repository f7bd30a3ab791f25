-- id: video-channel-link
-- title: Videos are shown, the channel is not linked
-- tactic: T7
-- severity: info
-- says: {pages} pages show videos from {platform}, and no page links to a channel there. If the videos are yours, link it.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Our own judgement
-- grade: D
-- platforms: all
-- owner: editor
-- revision: 3
-- limit: pages=3
-- applies: EXISTS (SELECT 1 FROM embed)
--
-- Why: Whoever enjoys one film would subscribe to the next, if the channel were one click
-- away.
--
-- Fix: Link your channel beside the player or in the footer.
--
-- Accept: A page with a video leads to the channel.

-- Whose videos they are cannot be seen from the page. Of five real sites with three films and more and no channel one showed
-- its own (the talks of a conference), one tutorials by others, three cannot be told: so it is said, and takes nothing off.
SELECT coalesce(max(network.name), embed.platform) AS platform, count(DISTINCT embed.page) AS pages, 'warned' AS outcome
FROM embed LEFT JOIN network ON network.id = embed.platform
WHERE embed.platform NOT IN (SELECT social.platform FROM social JOIN this_run ON this_run.id = social.run WHERE social.sort = 'profile')
GROUP BY embed.platform
HAVING count(DISTINCT embed.page) >= :pages
ORDER BY pages DESC, embed.platform
