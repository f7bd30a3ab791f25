-- id: url-variants-collapse
-- title: Pages answer under several addresses
-- tactic: T1
-- severity: medium
-- says: {doubles} of {tried} other spellings of your addresses show the same page without naming its one address, for example {address} beside {page}.
-- source: https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
-- source_name: Google, duplicate addresses; the limit is ours
-- grade: C
-- limit: pass=0 warn=0.1
-- owner: administrator
-- measured: EXISTS (SELECT 1 FROM looked_up WHERE topic = 'variants')
-- applies: EXISTS (SELECT 1 FROM variant)
--
-- Why: Each spelling that is shared counts for itself: likes, comments and links of one page are spread over several.
--
-- Fix: Redirect every spelling to one (with or without last slash, lower case, no index file, one host), or name the
-- one address as canonical on all of them.
--
-- Accept: Of a page's other spellings each redirects, is not found, or names the one address as canonical.

SELECT sum(doubles) AS doubles, count(*) AS tried, min(CASE WHEN doubles THEN address END) AS address,
       min(CASE WHEN doubles THEN page END) AS page, at_most(avg(doubles), :pass, :warn) AS outcome
FROM variant
HAVING at_most(avg(doubles), :pass, :warn) != 'passed'
