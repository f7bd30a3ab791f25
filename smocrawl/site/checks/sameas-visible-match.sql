-- id: sameas-visible-match
-- title: Linked accounts and declared accounts differ
-- tactic: T7
-- severity: medium
-- says: Only {percent} % of your accounts stand both in visible links and in the structured data (sameAs); not in both: {odd}.
-- source: https://developers.google.com/search/docs/appearance/structured-data/organization
-- source_name: Google, Organization structured data
-- grade: C
-- limit: pass=0.90 warn=0.50
-- revision: 5
-- applies: EXISTS (SELECT 1 FROM named_profile) AND EXISTS (SELECT 1 FROM same_as)
--
-- Why: Networks and search engines connect site and accounts only where both say the same.
--
-- Fix: List the same accounts in the footer and in the sameAs of your organisation.
--
-- Accept: Both lists are equal.

WITH declared AS (
    SELECT DISTINCT platform, handle FROM same_as
    WHERE platform NOT IN (SELECT id FROM network WHERE kind = 'other' AND id IN ('wikipedia', 'wikidata', 'crunchbase', 'orcid'))
      -- As with named_profile: one account may bear a name and a number.
      AND handle GLOB '*[^0-9+]*' AND NOT (platform = 'youtube' AND handle GLOB 'uc*' AND length(handle) = 24)
),
everything AS (
    SELECT platform, handle, 1 AS visible, 0 AS declared FROM named_profile
    -- Repositories of others are linked everywhere, a theme's above all.
    WHERE platform NOT IN ('github', 'gitlab', 'codeberg') OR (platform, handle) IN (SELECT platform, handle FROM declared)
    UNION ALL SELECT platform, handle, 0, 1 FROM declared
    -- Buttons to listen or subscribe often stand in the main text.
    UNION ALL SELECT DISTINCT platform, handle, 1, 0 FROM account WHERE (platform, handle) IN (SELECT platform, handle FROM declared)
),
merged AS (
    SELECT platform, handle, max(visible) AS visible, max(declared) AS declared FROM everything GROUP BY platform, handle
)
SELECT CAST(100.0 * sum(visible AND declared) / count(*) AS INTEGER) AS percent,
       coalesce(group_concat(CASE WHEN NOT (visible AND declared) THEN platform || ' ' || handle END, ', '), '') AS odd,
       at_least(1.0 * sum(visible AND declared) / count(*), :pass, :warn) AS outcome
FROM merged
