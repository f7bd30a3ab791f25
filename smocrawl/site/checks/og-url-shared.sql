-- id: og-url-shared
-- title: Many pages say that they are one
-- tactic: T3
-- severity: high
-- says: {pages} pages name {address} as their og:url, for example {example}: their likes and comments all count for that one page.
-- source: https://developers.facebook.com/docs/sharing/webmasters
-- source_name: Facebook, og:url: the canonical address, under which likes and comments gather
-- grade: A
-- limit: few=3 group=5 pass=0.02 warn=0.1
-- platforms: facebook instagram threads linkedin pinterest
-- applies: (SELECT count(*) FROM shareable_page JOIN said USING (url) WHERE og_url IS NOT NULL) >= :group
--
-- Why: Networks take og:url for the page's identity. Whoever shares any of these pages shares the same one, with its
-- title and picture.
--
-- Fix: Let the template write each page's own address into og:url.
--
-- Accept: No two pages with addresses of their own name one og:url.

WITH named AS (
    SELECT said.og_url, count(*) AS pages, min(page.address) AS example
    FROM shareable_page AS page JOIN said USING (url)
    WHERE said.og_url IS NOT NULL
    GROUP BY said.og_url
    HAVING count(*) >= :few
),
whole AS (
    SELECT 1.0 * (SELECT sum(pages) FROM named) / count(*) AS share
    FROM shareable_page JOIN said USING (url) WHERE og_url IS NOT NULL
)
SELECT named.pages, named.og_url AS address, named.example,
       CASE WHEN named.pages >= :group THEN at_most(whole.share, :pass, :warn) ELSE 'warned' END AS outcome
FROM named, whole
WHERE whole.share > :pass
ORDER BY named.pages DESC, named.og_url
LIMIT 20
