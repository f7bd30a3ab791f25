-- id: trust-pages
-- title: The home page lacks links that build trust
-- tactic: T4
-- severity: medium
-- says: The home page links to no page about you.
-- cause contact: The home page links to no way to contact you.
-- cause legal: The home page links to neither imprint nor privacy notice.
-- source: https://about.flipboard.com/rss-spec/
-- source_name: Flipboard asks publishers for contact details
-- grade: C
-- revision: 4
-- limit: pass=3 warn=2
-- owner: editor
-- effort: few pages
-- measured: (SELECT home IS NOT NULL FROM this_run) AND NOT EXISTS (SELECT 1 FROM drawn_home)
-- reason: script
--
-- Why: People look for the people behind a site before they pass on what it says.
--
-- Fix: Link pages about you, for contact, and with imprint or privacy notice from the footer
-- of every page.
--
-- Accept: Each page leads to all three with one click.

WITH wanted (place, topic) AS (VALUES (1, 'about'), (2, 'contact'), (3, 'legal')),
state AS (
    SELECT place, topic, EXISTS (SELECT 1 FROM topic WHERE topic.topic = wanted.topic) AS found FROM wanted
)
SELECT topic AS cause, at_least((SELECT sum(found) FROM state), :pass, :warn) AS outcome
FROM state
WHERE NOT found
ORDER BY place
