-- id: trust-pages
-- title: Visitors cannot see who you are
-- tactic: T4
-- severity: medium
-- says: The home page links to {found} of the three pages that create trust; missing: {missing}.
-- source: https://about.flipboard.com/rss-spec/
-- source_name: Flipboard asks publishers for contact details
-- grade: C
-- limit: pass=3 warn=2
-- owner: editor
-- effort: few pages
-- measured: (SELECT home IS NOT NULL FROM this_run)
--
-- Why: People look for the people behind a site before they pass on what it says.
--
-- Fix: Link pages about you, for contact, and with imprint or privacy notice from the footer
-- of every page.
--
-- Accept: Each page leads to all three with one click.

WITH wanted (topic, name) AS (VALUES ('about', 'about you'), ('contact', 'contact'), ('legal', 'imprint or privacy')),
state AS (
    SELECT name, EXISTS (SELECT 1 FROM topic WHERE topic.topic = wanted.topic) AS found FROM wanted
)
SELECT sum(found) AS found, coalesce(group_concat(CASE WHEN NOT found THEN name END, ', '), '') AS missing,
       at_least(sum(found), :pass, :warn) AS outcome
FROM state
