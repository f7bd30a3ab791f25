-- Ideas that the checks of the site share, each named once.  All of them speak of this run alone.
-- The larger ones are tables, so that fifty checks do not work them out fifty times.

CREATE TEMP TABLE html_page AS
SELECT page.url, page.run, page.kind, page.template, page.shareable, page.indexable, page.self_canonical, page.canonical,
       page.title, page.headline, page.og_title, page.og_description, page.og_image, page.og_type, page.twitter_card,
       page.published, page.modified, page.words, page.simhash,
       url.url AS address, rtrim(url.url, '/') AS bare, coalesce(said.language, '') AS language, coalesce(said.refreshes, 0) AS refreshes,
       coalesce(measure.inlinks, 0) AS inlinks, coalesce(measure.outlinks, 0) AS outlinks, measure.depth AS clicks,
       page.canonical IS NULL OR site_of(page.canonical) = site_of(url.url) AS stays_here,
       -- By its own address, or by the one that it names itself: a server may add the last slash.
       EXISTS (SELECT 1 FROM listed WHERE listed.run = page.run AND listed.kind = 'sitemap'
               AND listed.url IN (page.url, (SELECT named.id FROM url AS named WHERE page.self_canonical AND named.url = page.canonical)))
           AS in_sitemap,
       EXISTS (SELECT 1 FROM listed WHERE listed.run = page.run AND listed.url = page.url) AS in_any_list
FROM page
JOIN this_run ON this_run.id = page.run
JOIN url ON url.id = page.url
LEFT JOIN measure ON measure.run = page.run AND measure.url = page.url
LEFT JOIN said ON said.url = page.url
WHERE page.status = 200;

CREATE UNIQUE INDEX temp.html_page_url ON html_page (url);
CREATE INDEX temp.html_page_bare ON html_page (bare);

-- One address, open to search engines and no way station to another: what a sitemap should list.
CREATE TEMP VIEW public_page AS
SELECT * FROM html_page
WHERE indexable AND self_canonical AND NOT refreshes AND stays_here;

-- Worth sharing: public, and no legal, utility or second page of a list.
CREATE TEMP VIEW shareable_page AS
SELECT * FROM public_page WHERE shareable;

CREATE TEMP VIEW content_page AS
SELECT * FROM shareable_page WHERE kind IN ('article', 'product', 'docs', 'video');

CREATE TEMP VIEW article AS
SELECT * FROM shareable_page WHERE kind = 'article';

-- Links and markup of a home page that scripts draw stand in no HTML.
CREATE TEMP VIEW drawn_home AS
SELECT said.url FROM said JOIN this_run ON this_run.home = said.url WHERE said.shell;

CREATE TEMP VIEW home_page AS
SELECT html_page.* FROM html_page JOIN this_run ON this_run.home = html_page.url;

-- Links between own pages, redirects followed and copies taken for the page they copy.
CREATE TEMP VIEW internal_link AS
SELECT coalesce(source.page, link.src) AS src, coalesce(target.page, link.dst) AS dst, link.areas, link.in_main
FROM link
JOIN this_run ON this_run.id = link.run
LEFT JOIN same_page AS source ON source.url = link.src
LEFT JOIN same_page AS target ON target.url = link.dst;

CREATE TEMP VIEW in_sitemap AS
SELECT DISTINCT listed.url, url.url AS address, listed.date
FROM listed
JOIN this_run ON this_run.id = listed.run
JOIN url ON url.id = listed.url
WHERE listed.kind = 'sitemap';

-- Accounts that pages link to.  Where code is shared, the account of the template's repository is the owner's.
CREATE TEMP VIEW account AS
SELECT social.page, social.platform, lower(social.handle) AS handle, social.url AS address, social.rel_me, social.in_main
FROM social
JOIN this_run ON this_run.id = social.run
JOIN html_page ON html_page.url = social.page
WHERE social.handle IS NOT NULL
  -- An encyclopedia writes about the owner; that a page links to an article of it makes no account.
  AND social.platform NOT IN ('wikipedia', 'wikidata')
  AND (social.sort = 'profile'
       OR social.sort = 'post' AND NOT social.in_main AND social.platform IN ('github', 'gitlab', 'codeberg'));

-- Accounts of the site's owner: linked outside the main text of three pages (all pages of a tiny site), or by rel=me.
CREATE TEMP TABLE own_profile AS
SELECT platform, handle, min(address) AS address, count(DISTINCT page) AS pages, max(rel_me) AS rel_me
FROM account
WHERE rel_me OR NOT in_main
GROUP BY platform, handle
HAVING max(rel_me) OR count(DISTINCT page) >= min(3, max(1, (SELECT count(*) FROM html_page)));

-- As with links, what the markup of one inner page declares is an account of whom that page is about: a client, a member.
DELETE FROM same_as WHERE (platform, handle) NOT IN (
    SELECT platform, handle FROM same_as GROUP BY platform, handle
    HAVING max(page IS (SELECT home FROM this_run)) OR count(DISTINCT page) >= min(3, max(1, (SELECT count(*) FROM html_page)))
);

-- Those known by a name: a telephone number or the number of a profile is none, and one account may bear both.
CREATE TEMP VIEW named_profile AS
SELECT * FROM own_profile
WHERE handle GLOB '*[^0-9+]*' AND NOT (platform = 'youtube' AND handle GLOB 'uc*' AND length(handle) = 24);

-- Pages with a link to an account of the owner.
CREATE TEMP TABLE following_page (url INTEGER PRIMARY KEY);
INSERT INTO following_page
SELECT DISTINCT account.page
FROM account
JOIN own_profile ON own_profile.platform = account.platform AND own_profile.handle = account.handle;

-- The one feed that readers would subscribe to: named by the home page, then by most pages, then the longest.
CREATE TEMP VIEW main_feed AS
SELECT * FROM feed ORDER BY on_home DESC, parses DESC, pages DESC, items DESC, address LIMIT 1;

CREATE TEMP VIEW main_feed_item AS
SELECT feed_item.* FROM feed_item JOIN main_feed ON main_feed.url = feed_item.feed;

-- Dated work: articles, and feed items that are no page of the crawl.
CREATE TEMP VIEW dated_work AS
SELECT date(published) AS day FROM article WHERE published IS NOT NULL
UNION ALL
SELECT date(published) FROM main_feed_item
WHERE published IS NOT NULL AND bare NOT IN (SELECT bare FROM article WHERE published IS NOT NULL);

-- Pages that the structured data gives a headline or name of their own.
CREATE TEMP VIEW told_page AS
SELECT * FROM shareable_page WHERE kind IN ('article', 'product') AND headline IS NOT NULL;

-- Pages that count in the score: each once, under its own address.
CREATE TEMP VIEW scored_page AS
SELECT * FROM html_page WHERE self_canonical;
