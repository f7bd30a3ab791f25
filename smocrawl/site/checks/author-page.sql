-- id: author-page
-- title: Authors have no page of their own
-- tactic: T5
-- severity: medium
-- says: {without} of {authors} authors have no page on the site with a few lines about them, for example {example}.
-- source: https://developers.google.com/search/docs/appearance/structured-data/profile-page
-- source_name: Google, profile pages
-- grade: A
-- limit: words=30 pass=0.80 warn=0.30
-- platforms: google-discover
-- owner: editor
-- effort: few pages
-- applies: (SELECT count(DISTINCT name) FROM author) >= 2
--
-- Why: A page of their own is the credit that authors share themselves, and it shows readers
-- who speaks.
--
-- Fix: Give each author a page with some sentences and their articles, and link the byline to
-- it.
--
-- Accept: Each byline leads to a page about the author.

WITH known AS (
    SELECT author.name, max(coalesce(html_page.words, 0) >= :words) AS has_page
    FROM author
    LEFT JOIN html_page ON html_page.bare = rtrim(author.url, '/')
    -- A page that a budget left unread may well be a good one.
    WHERE (SELECT whole FROM this_run) OR author.url IS NULL OR html_page.url IS NOT NULL
    GROUP BY author.name
)
SELECT count(*) FILTER (WHERE NOT has_page) AS without, count(*) AS authors,
       coalesce(min(name) FILTER (WHERE NOT has_page), '') AS example,
       at_least(1.0 * count(*) FILTER (WHERE has_page) / nullif(count(*), 0), :pass, :warn) AS outcome
FROM known
