"""Feeds of every format, sound and hostile."""

import json
from datetime import UTC, datetime

import pytest

from smocrawl.extract.files import feed_rules, feeds
from smocrawl.extract.files.feed_texts import Relative, relative_in
from smocrawl.extract.files.feeds import read_feed
from smocrawl.store.facts import pack, unpack

URL = "https://example.com/feed.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

RSS = (
    HEAD
    + """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>Garden notes</title><link>https://example.com/</link><description>Roses and more</description><language>en-GB</language>
<atom:link rel="self" href="https://example.com/feed.xml"/><atom:link rel="hub" href="https://hub.example.net/"/>
<item><title>Pruning &amp; feeding</title><link>/roses</link><guid isPermaLink="false">1</guid><dc:creator>Ada Moss</dc:creator>
 <pubDate>Mon, 02 Nov 2026 10:00:00 +0200</pubDate><description>Short</description>
 <content:encoded><![CDATA[<p>Long <b>text</b> here</p><img src="/pixel.gif" width="1" height="1"><img src="/inline.jpg" width="800">]]></content:encoded>
 <media:content url="https://example.com/rose.jpg" medium="image" width="1200" height="630"/></item>
<item><title>Tulips</title><link>https://example.com/tulips</link><pubDate>last Tuesday</pubDate>
 <description>&lt;img src="https://example.com/t.png"&gt; Tulips</description></item>
</channel></rss>"""
)


def test_rss() -> None:
    feed = read_feed(RSS.encode(), URL, "application/rss+xml")
    assert (feed.format, feed.title, feed.description, feed.language) == (
        "rss",
        "Garden notes",
        "Roses and more",
        "en-GB",
    )
    assert (feed.link, feed.self_link, feed.hub) == ("https://example.com/", URL, "https://hub.example.net/")
    assert feed.well_formed
    assert feed.missing == ()
    first, second = feed.items
    assert (first.id, first.title, first.link, first.author) == (
        "1",
        "Pruning & feeding",
        "https://example.com/roses",
        "Ada Moss",
    )
    assert first.published == datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert (first.image, first.image_width, first.image_height) == ("https://example.com/rose.jpg", 1200, 630)
    assert first.length == len("Long text here")
    assert second.image == "https://example.com/t.png"
    assert second.published is None
    assert second.raw_date == "last Tuesday"


def test_a_picture_in_the_text_counts_but_a_counting_pixel_does_not() -> None:
    feed = read_feed(RSS.replace("media:content", "media:other").encode(), URL)
    assert (feed.items[0].image, feed.items[0].image_width) == ("https://example.com/inline.jpg", 800)


SHORT = (
    "<p><a href=\"/roses\">Roses</a> <a href='tulips/'>Tulips</a> <img class=wide src=img/rose.jpg></p>"
    '<a href="#note">1</a><a href="mailto:ada@example.com">Ada</a><img src="//cdn.example.com/a.jpg"><img src="">'
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><code>&lt;img src="/no.jpg"&gt;</code>'
)


def test_addresses_that_need_the_site_around_them() -> None:
    found = relative_in(SHORT)
    assert (found.addresses, found.pictures, found.example) == (3, 1, "img/rose.jpg")
    assert relative_in('<iframe src="/player/7"></iframe>').example == "/player/7"


def in_entry(text: str, attributes: str = "") -> bytes:
    return f"""<rss version="2.0"><channel{attributes}><title>a</title><link>https://example.com/</link><item><title>b</title>
    <description><![CDATA[{text}]]></description></item></channel></rss>""".encode()


def test_short_addresses_count_where_no_base_completes_them() -> None:
    assert read_feed(in_entry(SHORT), URL).items[0].relative.addresses == 3
    assert read_feed(in_entry(SHORT, ' xml:base="https://example.com/"'), URL).items[0].relative == Relative()
    in_json = json_feed(items=[{"id": "1", "content_html": SHORT}])
    assert read_feed(in_json, URL).items[0].relative.pictures == 1
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="html"><![CDATA['
        + SHORT
        + "]]></content></entry></feed>"
    )
    assert read_feed(atom.encode(), URL).items[0].relative == Relative()


def test_an_enclosed_picture() -> None:
    body = b'<rss version="2.0"><channel><item><title>a</title><enclosure url="https://example.com/a.mp3" type="audio/mpeg"/><enclosure url="https://example.com/a.jpg" type="image/jpeg"/></item></channel></rss>'
    feed = read_feed(body, URL)
    assert feed.items[0].image == "https://example.com/a.jpg"
    assert feed.missing == ("channel title", "channel link", "channel description")


def test_atom() -> None:
    body = (
        HEAD
        + """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Notizen</title><id>urn:1</id><updated>2026-11-01T00:00:00Z</updated>
    <link href="https://example.com/"/><link rel="self" href="/atom.xml"/><author><name>Ada Moss</name></author>
    <entry><title type="html">R&amp;amp;B</title><id>urn:2</id><link href="/b"/><updated>2026-11-02T00:00:00+01:00</updated>
    <content type="html">&lt;p&gt;Eins zwei&lt;/p&gt;</content></entry><entry><title>Ohne Id</title></entry></feed>"""
    )
    feed = read_feed(body.encode(), URL)
    assert (feed.format, feed.title, feed.self_link, feed.author) == (
        "atom",
        "Notizen",
        "https://example.com/atom.xml",
        "Ada Moss",
    )
    assert feed.items[0].updated == datetime(2026, 11, 1, 23, tzinfo=UTC)
    assert feed.items[0].length == len("Eins zwei")
    assert feed.missing == ("item id", "item updated")


def json_feed(**changes) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Garden notes",
        "home_page_url": "https://example.com/",
        "feed_url": "https://example.com/feed.json",
        "language": "en",
        "authors": [{"name": "Ada Moss"}],
        "items": [
            {
                "id": "1",
                "url": "/a",
                "content_html": "<p>Hi</p>",
                "image": "/a.jpg",
                "date_published": "2026-11-02T10:00:00+02:00",
            }
        ],
    }
    return json.dumps(feed | changes).encode()


def test_json_feed() -> None:
    feed = read_feed(json_feed(), URL)
    assert (feed.format, feed.title, feed.author, feed.language) == ("json", "Garden notes", "Ada Moss", "en")
    item = feed.items[0]
    assert (item.link, item.image, item.length) == ("https://example.com/a", "https://example.com/a.jpg", 2)
    assert item.published == datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert feed.missing == ()


@pytest.mark.parametrize(
    ("changes", "missing"),
    [({"title": ""}, ("channel title",)), ({"items": None}, ("channel items",)),
     ({"items": [{"url": "/a"}, "no item", None]}, ("item id", "item content_html or content_text"))],
)  # fmt: skip
def test_json_feeds_that_lack_something(changes: dict[str, object], missing: tuple[str, ...]) -> None:
    assert read_feed(json_feed(**changes), URL).missing == missing


@pytest.mark.parametrize("changes", [
    {"items": {"a": 1}}, {"authors": "Ada"}, {"authors": [1]}, {"hubs": {}}, {"hubs": [1]}, {"title": {}}, {"items": [{"date_published": 5, "id": []}]},
])  # fmt: skip
def test_json_feeds_of_other_shapes_never_raise(changes: dict[str, object]) -> None:
    assert read_feed(json_feed(**changes), URL).format == "json"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>Not here</body></html>", "html"),
        (b"<html><body>Not here</body></html>", "html"),
        (b'{"version": "2", "items": []}', "json"),
        (b"{" * 100_000, "json"),
        (b'{"version": "https://jsonfeed.org/version/1", "x":' + b"[" * 100_000, "json"),
        (b"<?xml version='1.0'?><other/>", "xml"),
        (b"\x00\xff\x00\xff", "xml"),
        (b"/etc/hostname", "xml"),
        (b"https://example.com/other.xml", "xml"),
        (b'<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>', "refused"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss/>'.encode("utf-16"), "refused"),
    ],
)  # fmt: skip
def test_no_feed(body: bytes, kind: str) -> None:
    feed = read_feed(body, URL)
    assert not feed.items
    assert not feed.well_formed
    assert feed.trouble[0].kind == kind


def test_broken_xml_gives_what_could_be_read_and_the_line() -> None:
    body = RSS.replace("</title><link>/roses", "<link>/roses").encode()
    feed = read_feed(body, URL)
    assert not feed.well_formed
    assert feed.title == "Garden notes"
    assert feed.trouble[0].where.startswith("line ")


def test_a_plain_xml_media_type_is_no_fault() -> None:
    assert read_feed(RSS.encode(), URL, "text/xml; charset=utf-8").well_formed
    assert read_feed(RSS.encode(), URL, "text/html").well_formed


def test_long_feeds_are_cut_at_an_item(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_ITEMS", 5)
    items = "".join(f"<item><title>{n}</title></item>" for n in range(5_000))
    body = f"{HEAD}<rss version='2.0'><channel><title>a</title><link>https://a.example/</link><description>b</description>{items}</channel></rss>"
    feed = read_feed(body.encode(), URL)
    assert len(feed.items) == 5
    assert feed.well_formed
    assert not feed.whole
    monkeypatch.setattr(feeds, "MOST_ITEMS", 500)
    monkeypatch.setattr(feeds, "MOST_BYTES", 1_000)
    assert 5 < len(read_feed(body.encode(), URL).items) < 100


def test_deep_nesting_is_survived() -> None:
    assert read_feed(b"<rss version='2.0'><channel>" + b"<a>" * 20_000, URL).format in ("rss", "unknown")


def test_an_unreadable_publication_date_is_kept_as_written() -> None:
    body = b'<rss version="2.0"><channel><item><title>x</title><pubDate>soon</pubDate></item><item><title>y</title><pubDate/></item></channel></rss>'
    assert [(item.published, item.updated, item.raw_date) for item in read_feed(body, URL).items] == [
        (None, None, "soon"),
        (None, None, None),
    ]


def test_half_characters_are_replaced() -> None:
    body = json_feed(title="Garden").replace(b"Garden", b"Gar\\ud800den").replace(b"version/1.1", b"version/1.1\\ud800")
    assert read_feed(body, URL).title == "Gar\ufffdden"
    pack(read_feed(body, URL))


def test_payloads_stay_text() -> None:
    body = b'<rss version="2.0"><channel><title>&lt;script&gt;alert(1)&lt;/script&gt;</title><item><title>x</title><link>javascript:alert(1)</link></item></channel></rss>'
    feed = read_feed(body, URL)
    assert feed.items[0].link is None


def test_facts_survive_the_store() -> None:
    feed = read_feed(RSS.encode(), URL)
    assert unpack(pack(feed), feeds.FeedFacts) == feed


ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>urn:1</id><updated>2026-11-01T00:00:00Z</updated>{}</feed>'
ENTRY = "<entry><title>E</title><id>urn:2</id><updated>2026-11-01T00:00:00Z</updated>{}</entry>"
ADA = "<author><name>Ada Moss</name></author>"
NAMELESS = "<{0}><email>ada@example.com</email></{0}>"


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        (ATOM.format(""), ()),
        (ATOM.format(ADA + ENTRY.format("")), ()),
        (ATOM.format(ENTRY.format(ADA)), ()),
        (ATOM.format(ENTRY.format(ADA) + ENTRY.format("")), ("item author",)),
        (ATOM.format(ENTRY.format(f"<source>{ADA}</source>")), ()),
        (ATOM.format(ADA + NAMELESS.format("contributor")), ("channel contributor name",)),
        (ATOM.format(ENTRY.format(NAMELESS.format("author"))), ("item author name",)),
        # A lone entry is a document of its own and belongs to no feed.
        (
            '<?xml version="1.0"?><!-- <feed> --><!--two-->'
            + ENTRY.format(ADA).replace("<entry>", '<entry xmlns="http://www.w3.org/2005/Atom">'),
            (),
        ),
    ],
)
def test_people_and_documents_of_atom(body: str, missing: tuple[str, ...]) -> None:
    assert read_feed(body.encode(), URL).missing == missing


def test_rss_1_needs_a_list_of_its_items_and_their_links() -> None:
    body = (
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<channel rdf:about="/"><title>T</title><link>/</link><description>D</description></channel>'
        '<item rdf:about="/a"><title>A</title></item></rdf:RDF>'
    )
    assert read_feed(body.encode(), URL).missing == ("channel items", "item link")


def test_the_root_is_found_or_not_in_no_time() -> None:
    assert feed_rules.ROOT.match(b"<?a?>" * 800) is None
    assert feed_rules.ROOT.match(b"<!--" * 1_000) is None
