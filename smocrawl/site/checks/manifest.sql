-- id: manifest
-- title: The web manifest is broken or incomplete
-- tactic: T2
-- severity: low
-- says: The web manifest cannot be used: {problem}.
-- warns: The web manifest lacks {problem}.
-- source: https://developer.mozilla.org/en-US/docs/Web/Progressive_web_apps/Manifest
-- source_name: MDN, web app manifests
-- grade: A
-- applies: EXISTS (SELECT 1 FROM manifest WHERE status IS NOT NULL)
--     OR (SELECT base IN ('visual', 'ecommerce') AND home IS NOT NULL FROM audience, this_run)
--
-- Why: The manifest gives your site its name and icon when someone keeps it on a phone or
-- shares it from there.
--
-- Fix: Link a manifest with name, start_url and square icons of 192 and 512 pixels.
--
-- Accept: The browser's developer tools show the manifest without a warning.

SELECT coalesce(error, 'status ' || status) AS problem, 'failed' AS outcome
FROM manifest WHERE status != 200 OR error IS NOT NULL
UNION ALL
SELECT CASE WHEN name IS NULL THEN 'a name' WHEN NOT has_192 THEN 'an icon of 192 pixels'
            WHEN NOT has_512 THEN 'an icon of 512 pixels' ELSE 'a start address' END, 'warned'
FROM manifest
WHERE status = 200 AND error IS NULL AND (name IS NULL OR start_url IS NULL OR NOT has_192 OR NOT has_512)
UNION ALL
SELECT 'nothing: there is none', 'warned'
WHERE NOT EXISTS (SELECT 1 FROM manifest)
ORDER BY outcome
