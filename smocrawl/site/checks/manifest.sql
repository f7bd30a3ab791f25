-- id: manifest
-- title: The web manifest is missing, broken or incomplete
-- tactic: T2
-- severity: low
-- says: The web manifest cannot be read: {problem}.
-- cause status: The web manifest {url} answers {problem}.
-- cause none: There is no web manifest.
-- cause name: The web manifest lacks a name.
-- cause icon: The web manifest lacks a square icon of 192 pixels.
-- cause large-icon: The web manifest lacks a square icon of 512 pixels.
-- cause start: The web manifest lacks the address where the app starts.
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

WITH told AS (
    SELECT 1 AS place, url, 'status' AS cause, status AS problem, 'failed' AS outcome FROM manifest WHERE status != 200
    UNION ALL
    SELECT 2, url, 'broken', error, 'failed' FROM manifest WHERE status = 200 AND error IS NOT NULL
    UNION ALL
    SELECT 3, url, 'name', '', 'warned' FROM manifest WHERE status = 200 AND error IS NULL AND name IS NULL
    UNION ALL
    SELECT 4, url, 'icon', '', 'warned' FROM manifest WHERE status = 200 AND error IS NULL AND NOT has_192
    UNION ALL
    SELECT 5, url, 'large-icon', '', 'warned' FROM manifest WHERE status = 200 AND error IS NULL AND NOT has_512
    UNION ALL
    SELECT 6, url, 'start', '', 'warned' FROM manifest WHERE status = 200 AND error IS NULL AND start_url IS NULL
    UNION ALL
    SELECT 7, '', 'none', '', 'warned' WHERE NOT EXISTS (SELECT 1 FROM manifest)
)
SELECT url, cause, problem, outcome
FROM told
ORDER BY place
