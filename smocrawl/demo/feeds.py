"""Writes the demo site's feeds, sitemaps, robots.txt, manifest and oEmbed answers."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from html import escape
from typing import Any

from smocrawl.demo.head import PLAYER_SIZE, oembed_path, player_path
from smocrawl.demo.model import DemoPage, Response, raw, text
from smocrawl.demo.pictures import Picture

IN_FEED = ("article", "video", "event")
FEED_LENGTH = 25
SITEMAPS = {
    "pages": ("home", "listing", "about", "contact", "profile", "legal", "event", "video", "guide", "forum", "bare"),
    "journal": ("article",),
    "shop": ("product",),
}


class Syndication:
    """Everything that machines subscribe to, for one rendering of the site."""

    def __init__(
        self, pages: Sequence[DemoPage], house: Mapping[str, Any], people: Mapping[str, DemoPage], origin: str
    ) -> None:
        self.pages, self.house, self.people, self.origin = pages, house, people, origin
        self.feed: Mapping[str, Any] = house.get("feed", {})
        """How a careless template writes the feeds: stuck, length, backwards, bare."""

    def responses(self) -> dict[str, Response]:
        found = {
            **self._feeds(),
            "/sitemap.xml": text(self.sitemap_index(), "application/xml"),
            "/robots.txt": text(self.robots(), "text/plain; charset=utf-8"),
            "/site.webmanifest": text(self.manifest(), "application/manifest+json"),
        }
        for name in self._sections():
            content = self.sitemap(name).encode()
            packed = name == "journal"
            found[self._sitemap_path(name)] = (
                raw(gzip.compress(content, mtime=0), "application/gzip") if packed else raw(content, "application/xml")
            )
        return found | {
            oembed_path(page): self.oembed(page) for page in self.pages if page.kind in ("article", "video")
        }

    # -- feeds ------------------------------------------------------------------------------

    def _feeds(self) -> dict[str, Response]:
        """One of each sort, as far as there is news."""
        found: dict[str, Response] = {}
        if self.news("en"):
            found["/feed.xml"] = text(self.rss("en", "/feed.xml"), "application/rss+xml; charset=utf-8")
            found["/feed.atom"] = text(self.atom(), "application/atom+xml; charset=utf-8")
            found["/feed.json"] = text(self.json_feed(), "application/feed+json")
        if self.news("de"):
            found["/de/feed.xml"] = text(self.rss("de", "/de/feed.xml"), "application/rss+xml; charset=utf-8")
        return found

    def news(self, lang: str) -> list[DemoPage]:
        own = (page for page in self.pages if page.lang == lang and page.kind in IN_FEED and "hidden" not in page.facts)
        news = sorted(own, key=lambda page: page.published, reverse=True)
        stuck: int = self.feed.get("stuck", 0)
        chosen = news[stuck : stuck + self.feed.get("length", FEED_LENGTH)]
        return chosen[::-1] if self.feed.get("backwards") else chosen

    def _author(self, page: DemoPage) -> str:
        author = self.people.get(page.author or "")
        return str(author.facts["name"]) if author else str(self.house["name"])

    def _content(self, page: DemoPage) -> str:
        """Full text with its picture, all addresses absolute; a bare feed has neither."""
        if self.feed.get("bare"):
            return ""
        picture = f'<p><img src="{page.picture.path}" alt="{escape(page.picture_alt)}"></p>' if page.picture else ""
        lead = f"<p>{escape(page.description)}</p>"
        return (picture + lead + page.body).replace('="/', f'="{self.origin}/')

    def rss(self, lang: str, path: str) -> str:
        news, house = self.news(lang), self.house
        home = "/" if lang == "en" else f"/{lang}/"
        items = "\n".join(self._rss_item(page) for page in news)
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>{escape(house["name"])}</title>
<link>{self.origin}{home}</link>
<description>{escape(house["slogan"])}</description>
<language>{lang}</language>
<managingEditor>{house["email"]} ({escape(house["name"])})</managingEditor>
<lastBuildDate>{format_datetime(max(page.modified for page in news))}</lastBuildDate>
<atom:link rel="self" href="{self.origin}{path}" type="application/rss+xml"/>
<image><url>{self.origin}/logo-512.png</url><title>{escape(house["name"])}</title><link>{self.origin}{home}</link></image>
{items}
</channel>
</rss>
"""

    def _rss_item(self, page: DemoPage) -> str:
        address, picture = self.origin + page.path, page.picture
        assert picture is not None
        return f"""<item>
<title>{escape(page.title)}</title>
<link>{address}</link>
<guid isPermaLink="true">{address}</guid>
<pubDate>{format_datetime(page.published)}</pubDate>
<atom:updated>{page.modified.isoformat()}</atom:updated>
<dc:creator>{escape(self._author(page))}</dc:creator>
{"".join(f"<category>{escape(tag)}</category>" for tag in page.tags)}
<description>{escape(page.description)}</description>
{self._media(picture)}
<content:encoded><![CDATA[{self._content(page)}]]></content:encoded>
</item>"""

    def _media(self, picture: Picture) -> str:
        if self.feed.get("bare"):
            return ""
        kind, sides = picture.media_type, f'width="{picture.width}" height="{picture.height}"'
        return f'<media:content url="{self.origin}{picture.path}" medium="image" type="{kind}" {sides}/>'

    def atom(self) -> str:
        news = self.news("en")
        entries = "\n".join(self._atom_entry(page) for page in news)
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>{self.origin}/feed.atom</id>
<title>{escape(self.house["name"])}</title>
<updated>{max(page.modified for page in news).isoformat()}</updated>
<author><name>{escape(self.house["name"])}</name></author>
<link rel="self" href="{self.origin}/feed.atom" type="application/atom+xml"/>
<link rel="alternate" href="{self.origin}/" type="text/html"/>
<icon>{self.origin}/icon-192.png</icon>
{entries}
</feed>
"""

    def _atom_entry(self, page: DemoPage) -> str:
        address = self.origin + page.path
        return f"""<entry>
<id>{address}</id>
<title>{escape(page.title)}</title>
<link rel="alternate" href="{address}"/>
<published>{page.published.isoformat()}</published>
<updated>{page.modified.isoformat()}</updated>
<author><name>{escape(self._author(page))}</name></author>
<summary>{escape(page.description)}</summary>
<content type="html">{escape(self._content(page))}</content>
</entry>"""

    def json_feed(self) -> str:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.house["name"],
            "description": self.house["slogan"],
            "home_page_url": f"{self.origin}/",
            "feed_url": f"{self.origin}/feed.json",
            "icon": f"{self.origin}/icon-512.png",
            "favicon": f"{self.origin}/icon-192.png",
            "language": "en",
            "authors": [{"name": self.house["name"], "url": f"{self.origin}/"}],
            "items": [self._json_item(page) for page in self.news("en")],
        }
        return json.dumps(feed, ensure_ascii=False, indent=1)

    def _json_item(self, page: DemoPage) -> dict[str, Any]:
        return {
            "id": self.origin + page.path,
            "url": self.origin + page.path,
            "title": page.title,
            "summary": page.description,
            "content_html": self._content(page),
            "image": self.origin + page.picture.path if page.picture and not self.feed.get("bare") else None,
            "date_published": page.published.isoformat(),
            "date_modified": page.modified.isoformat(),
            "authors": [{"name": self._author(page)}],
            "tags": list(page.tags),
            "language": page.lang,
        }

    # -- for crawlers -----------------------------------------------------------------------

    @staticmethod
    def _sitemap_path(name: str) -> str:
        return f"/sitemaps/{name}.xml" + (".gz" if name == "journal" else "")

    def _listed(self, name: str) -> list[DemoPage]:
        return [
            page
            for page in self.pages
            if page.kind in SITEMAPS[name] and page.number == 1 and not page.facts.get("unlisted")
        ]

    def _sections(self) -> list[str]:
        return [name for name in SITEMAPS if self._listed(name)]

    def _last_change(self, page: DemoPage) -> str:
        """A careless press stamps every entry with the day of the last build."""
        return str(self.house.get("stamped", page.modified.isoformat()))

    def sitemap_index(self) -> str:
        rows = "\n".join(
            f"<sitemap><loc>{self.origin}{self._sitemap_path(name)}</loc>"
            f"<lastmod>{max(page.modified for page in self._listed(name)).isoformat()}</lastmod></sitemap>"
            for name in self._sections()
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}\n</sitemapindex>\n'
        )

    def sitemap(self, name: str) -> str:
        rows = "\n".join(
            f"<url><loc>{self.origin}{page.path}</loc><lastmod>{self._last_change(page)}</lastmod></url>"
            for page in self._listed(name)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}\n</urlset>\n'
        )

    def robots(self) -> str:
        return f"User-agent: *\nDisallow: /basket/\nDisallow: /newsletter/\n\nSitemap: {self.origin}/sitemap.xml\n"

    def manifest(self) -> str:
        icons = [{"src": f"/icon-{edge}.png", "sizes": f"{edge}x{edge}", "type": "image/png"} for edge in (192, 512)]
        return json.dumps(
            {
                "name": self.house["name"],
                "short_name": self.house["short_name"],
                "start_url": "/",
                "display": "browser",
                "theme_color": self.house["theme_colour"],
                "background_color": "#fbf7ee",
                "icons": icons,
            },
            indent=1,
        )

    def oembed(self, page: DemoPage) -> Response:
        assert page.picture is not None
        answer: dict[str, Any] = {
            "version": "1.0",
            "type": "link",
            "title": page.title,
            "author_name": self._author(page),
            "provider_name": self.house["name"],
            "provider_url": f"{self.origin}/",
            "thumbnail_url": self.origin + page.picture.path,
            "thumbnail_width": page.picture.width,
            "thumbnail_height": page.picture.height,
        }
        if page.kind == "video":
            wide, tall = PLAYER_SIZE
            frame = f'<iframe src="{self.origin}{player_path(page)}" width="{wide}" height="{tall}"></iframe>'
            answer |= {"type": "video", "html": frame, "width": wide, "height": tall}
        return text(json.dumps(answer, ensure_ascii=False, indent=1), "application/json; charset=utf-8")
