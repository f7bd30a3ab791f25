-- id: community-links
-- title: The home page leads to no community
-- tactic: T5
-- severity: low
-- says: No page leads to a forum, chat or group where people can take part.
-- warns: A forum, chat or group is linked only from deep pages.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Bhargava 2006 and 2010, participate
-- grade: C
-- platforms: discord reddit slack
-- owner: editor
-- measured: (SELECT home IS NOT NULL FROM this_run)
-- applies: (SELECT base IN ('developer', 'news', 'visual') FROM audience)
--
-- Why: Helpful users stay where they meet others. A community that cannot be found does not
-- grow.
--
-- Fix: Link your forum, chat or group from the footer or the home page.
--
-- Accept: The home page leads there with one click.

SELECT CASE WHEN EXISTS (SELECT 1 FROM topic WHERE topic = 'community') THEN 'passed'
            WHEN EXISTS (SELECT 1 FROM html_page WHERE kind = 'forum')
              OR EXISTS (SELECT 1 FROM social JOIN this_run ON this_run.id = social.run
                         WHERE platform IN ('discord', 'slack', 'matrix', 'gitter') AND sort IN ('profile', 'page'))
            THEN 'warned' ELSE 'failed' END AS outcome
