-- id: example/unnamed-language
-- title: Pages do not say in which language they are
-- tactic: T8
-- severity: low
-- says: {pages} of {of} pages do not name their language, for example {example}.
-- source: https://html.spec.whatwg.org/multipage/dom.html#the-lang-and-xml:lang-attributes
-- grade: A
-- limit: pass=0 warn=0.1
--
-- Why: Screen readers pronounce a page by its language, and networks offer to translate it.
--
-- Fix: Write lang on the html element of every template.
--
-- Accept: Every page names its language.

SELECT sum(language = '') AS pages, count(*) AS of, min(CASE WHEN language = '' THEN address END) AS example,
       at_most(avg(language = ''), :pass, :warn) AS outcome
FROM html_page
HAVING sum(language = '') > 0
