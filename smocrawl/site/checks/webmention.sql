-- id: webmention
-- title: Other sites cannot tell you that they cite you
-- tactic: T5
-- severity: low
-- says: No page names a webmention endpoint.
-- warns: The site takes pingbacks, but no webmentions.
-- source: https://www.w3.org/TR/webmention/
-- source_name: W3C, Webmention
-- grade: A
-- platforms: mastodon
-- applies: (SELECT base = 'developer' FROM audience)
--
-- Why: With webmentions those who answer or cite you are heard, and can be shown under the
-- page.
--
-- Fix: Name a webmention endpoint with link rel="webmention".
--
-- Accept: A webmention sent from another site arrives.

SELECT CASE WHEN max(webmention) THEN 'passed' WHEN max(pingback) THEN 'warned' ELSE 'failed' END AS outcome
FROM said
