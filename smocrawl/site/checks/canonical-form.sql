-- id: canonical-form
-- title: Canonical addresses are spelled in several ways
-- tactic: T1
-- severity: low
-- says: {pages} pages name a canonical address under {form}, the others under {usual}, for example {example}.
-- source: https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
-- source_name: Google: link consistently; the limit is ours
-- grade: D
-- limit: pages=10 pass=0 warn=0.05
-- applies: (SELECT count(*) FROM html_page WHERE canonical IS NOT NULL) >= :pages
--
-- Why: Two spellings of one site (with and without www, http and https) divide what is linked and shared among them.
--
-- Fix: Let one setting of the site give scheme and host of all canonical addresses.
--
-- Accept: All canonical addresses of the site begin with one scheme and host.

WITH named AS (
    SELECT address, origin(canonical) AS form FROM html_page
    WHERE canonical IS NOT NULL AND site_of(canonical) = site_of(address)
),
forms AS (SELECT form, count(*) AS pages, min(address) AS example FROM named GROUP BY form),
usual AS (SELECT form FROM forms ORDER BY pages DESC, form LIMIT 1)
SELECT forms.pages, forms.form, usual.form AS usual, forms.example,
       at_most(1.0 * forms.pages / (SELECT count(*) FROM named), :pass, :warn) AS outcome
FROM forms, usual
WHERE forms.form != usual.form
ORDER BY forms.pages DESC, forms.form
