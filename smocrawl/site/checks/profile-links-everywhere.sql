-- id: profile-links-everywhere
-- title: Follow links are missing on many pages
-- tactic: T7
-- severity: medium
-- says: {percent} % of your public pages carry a link to one of your accounts; not, for example, {example}.
-- source: https://en.wikipedia.org/wiki/Social_media_optimization
-- source_name: Our own judgement
-- grade: D
-- limit: pass=0.95 warn=0.70
-- applies: EXISTS (SELECT 1 FROM own_profile) AND EXISTS (SELECT 1 FROM public_page WHERE kind != 'utility')
--
-- Why: Most visitors never see the home page. Whoever likes what they read wants to follow
-- there and then.
--
-- Fix: Put the follow links into the footer that all templates share.
--
-- Accept: Every public page shows the follow links.

WITH state AS (
    SELECT kind, address, url IN (SELECT url FROM following_page) AS follows FROM public_page WHERE kind != 'utility'
),
kinds AS (SELECT kind, max(follows) AS any_follows FROM state GROUP BY kind)
SELECT CAST(100.0 * sum(follows) / count(*) AS INTEGER) AS percent,
       coalesce(min(address) FILTER (WHERE NOT follows), '') AS example,
       CASE WHEN 1.0 * sum(follows) / count(*) >= :pass AND EXISTS (SELECT 1 FROM kinds WHERE NOT any_follows) THEN 'warned'
            ELSE at_least(1.0 * sum(follows) / count(*), :pass, :warn) END AS outcome
FROM state
