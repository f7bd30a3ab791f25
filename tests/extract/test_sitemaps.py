"""Sitemaps of every kind, sound and hostile."""

import gzip

import pytest

from smocrawl.extract.files import sitemaps
from smocrawl.extract.files.sitemaps import read_sitemap

URL = "https://example.com/sitemap.xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def urls_of(body: bytes) -> list[str]:
    return [entry.url for entry in read_sitemap(body, URL).entries]


PLAIN = (
    HEAD
    + b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://example.com/roses </loc><lastmod>2026-11-01</lastmod>
 <xhtml:link rel="alternate" hreflang="de" href="https://example.com/de/rosen"/>
 <image:image><image:loc>https://example.com/a.jpg</image:loc></image:image>
 <image:image><image:loc>https://example.com/b.jpg</image:loc></image:image>
 <news:news><news:title>Roses</news:title></news:news></url>
<url><loc><![CDATA[https://example.com/tulips?a=1&b=2]]></loc></url>
</urlset>"""
)


def test_a_plain_sitemap() -> None:
    facts = read_sitemap(PLAIN, URL)
    assert facts.format == "urlset"
    assert not facts.trouble
    first, second = facts.entries
    assert (first.url, first.lastmod, first.images, first.news) == ("https://example.com/roses", "2026-11-01", 2, True)
    assert first.alternates == (("de", "https://example.com/de/rosen"),)
    assert second.url == "https://example.com/tulips?a=1&b=2"


def test_an_index() -> None:
    body = b"<sitemapindex><sitemap><loc>https://example.com/a.xml.gz</loc><lastmod>2026</lastmod></sitemap></sitemapindex>"
    facts = read_sitemap(body, URL)
    assert facts.format == "index"
    assert [(one.url, one.lastmod) for one in facts.sitemaps] == [("https://example.com/a.xml.gz", "2026")]


def test_a_text_sitemap_with_mark_and_windows_line_ends() -> None:
    body = b"\xef\xbb\xbfhttps://example.com/a\r\n\r\nhttps://example.com/b\r\nnot an address\r\n"
    facts = read_sitemap(body, URL)
    assert facts.format == "text"
    assert [entry.url for entry in facts.entries] == ["https://example.com/a", "https://example.com/b"]
    assert facts.trouble[0].kind == "address"


@pytest.mark.parametrize("times", [1, 2])
def test_packed_whatever_its_name(times: int) -> None:
    body = PLAIN
    for _ in range(times):
        body = gzip.compress(body)
    facts = read_sitemap(body, URL)
    assert facts.packed
    assert len(facts.entries) == 2


def test_a_damaged_packing_gives_what_could_be_unpacked() -> None:
    many = b"<urlset>" + b"".join(b"<url><loc>https://example.com/%d</loc></url>" % n for n in range(20_000))
    packed = gzip.compress(many + b"</urlset>")
    facts = read_sitemap(packed[: len(packed) // 2], URL)
    assert 1_000 < len(facts.entries) < 20_000
    assert {one.kind for one in facts.trouble} >= {"truncated"}
    broken = bytearray(packed)
    broken[len(packed) // 2 : len(packed) // 2 + 200] = b"\xff" * 200
    assert read_sitemap(bytes(broken), URL).trouble[0].kind == "gzip"


def test_a_packed_bomb_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST_BYTES", 100_000)
    facts = read_sitemap(gzip.compress(b"<urlset>" + b" " * 5_000_000), URL)
    assert facts.size <= 100_001
    assert facts.trouble[0].kind == "limit"


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE a [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>',
    ],
)
def test_files_with_entities_are_refused(doctype: bytes) -> None:
    facts = read_sitemap(HEAD + doctype + b"<urlset><url><loc>https://example.com/&lol2;</loc></url></urlset>", URL)
    assert not facts.entries
    assert facts.trouble[0].kind == "refused"


def test_entities_behind_another_encoding_are_not_resolved() -> None:
    text = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>https://a.example/&x;</loc></url></urlset>'
    facts = read_sitemap(text.encode("utf-16"), URL)
    assert [entry.url for entry in facts.entries] in ([], ["https://a.example/"])


def test_an_external_dtd_is_harmless() -> None:
    body = b'<!DOCTYPE urlset SYSTEM "http://127.0.0.1:9/x.dtd"><urlset><url><loc>https://example.com/a</loc></url></urlset>'
    assert urls_of(body) == ["https://example.com/a"]


def test_broken_xml_gives_what_could_be_read() -> None:
    body = b"<urlset><url><loc>https://example.com/a?x=1&y=2</loc></url><url><loc>https://example.com/b</url>"
    facts = read_sitemap(body, URL)
    assert "https://example.com/b" in [entry.url for entry in facts.entries]
    assert facts.trouble[0].kind == "xml"


def test_odd_addresses_are_left_out_and_counted() -> None:
    body = b"""<urlset><url><loc>/relative</loc></url><url><loc>javascript:alert(1)</loc></url><url><loc></loc></url>
    <url/><url><loc>https://example.com/good</loc></url></urlset>"""
    facts = read_sitemap(body, URL)
    assert [entry.url for entry in facts.entries] == ["https://example.com/good"]
    assert facts.trouble[0].detail.startswith("4 entries")


def test_a_web_page_in_its_place() -> None:
    facts = read_sitemap(b"<!DOCTYPE html><html><body><p>Not found</body></html>", URL)
    assert facts.format == "unknown"
    assert facts.trouble[0].kind == "html"


def test_feeds_are_sitemaps_too() -> None:
    rss = b"<rss><channel><item><link>https://example.com/a</link><pubDate>Mon, 02 Nov 2026</pubDate></item></channel></rss>"
    atom = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://example.com/b"/><updated>2026</updated></entry></feed>'
    assert read_sitemap(rss, URL).entries[0].lastmod == "Mon, 02 Nov 2026"
    assert urls_of(rss + b"") == ["https://example.com/a"]
    assert urls_of(atom) == ["https://example.com/b"]


def test_too_many_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST_ENTRIES", 10)
    body = b"<urlset>" + b"".join(b"<url><loc>https://example.com/%d</loc></url>" % n for n in range(50)) + b"</urlset>"
    facts = read_sitemap(body, URL)
    assert len(facts.entries) == 10
    assert facts.trouble[0].kind == "limit"


def test_deep_nesting_ends_in_a_trouble() -> None:
    facts = read_sitemap(b"<urlset>" + b"<a>" * 100_000, URL)
    assert facts.trouble


def test_half_characters_end_in_a_trouble() -> None:
    facts = read_sitemap(
        b'<urlset xmlns:n="http://a.example/&#xD800;"><url><n:x/><loc>https://example.com/a</loc></url></urlset>', URL
    )
    assert facts.trouble[0].kind == "xml"


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00\x01\x02", b"\x1f\x8b", b"<", b"\xff\xfe<"])
def test_rubbish_never_raises(body: bytes) -> None:
    facts = read_sitemap(body, URL)
    assert not facts.entries
