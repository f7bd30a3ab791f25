"""What one response gives: decoding, head, body, structured data, and what happens to broken input."""

from __future__ import annotations

import gc

import pytest

from smocrawl.extract import read_page
from smocrawl.page import Area, Page

URL = "https://example.com/blog/post"
HTML = {"Content-Type": "text/html; charset=utf-8"}


def read(markup: str | bytes, url: str = URL, **known) -> Page:
    body = markup.encode() if isinstance(markup, str) else markup
    return read_page(url, body, **{"headers": HTML, **known})


class TestDecoding:
    @pytest.mark.parametrize(
        ("body", "headers", "charset", "source"),
        [
            ("<title>é</title>".encode(), {"content-type": "text/html; charset=utf-8"}, "utf-8", "header"),
            ("<title>é</title>".encode("cp1252"), {"content-type": "text/html; charset=latin1"}, "cp1252", "header"),
            ("\ufeff<title>é</title>".encode(), {"content-type": "text/html; charset=latin1"}, "utf-8", "bom"),
            ("\ufeff<title>é</title>".encode("utf-16-le"), {}, "utf-16-le", "bom"),
            ("<meta charset=windows-1251><title>ж</title>".encode("cp1251"), {}, "cp1251", "meta"),
            ('<?xml version="1.0" encoding="iso-8859-2"?><title>ł</title>'.encode("iso8859-2"), {}, "iso8859-2", "xml"),
            ("<title>é</title>".encode(), {}, "utf-8", "guess"),
            ("<title>é</title>".encode("cp1252"), {}, "cp1252", "guess"),
            (b"<title>e</title>", {}, "utf-8", "default"),
            (b"<meta charset=utf-16><title>e</title>", {}, "utf-8", "meta"),
        ],
    )
    def test_the_order_of_browsers(self, body, headers, charset, source):
        page = read_page(URL, body, headers=headers)
        assert (page.charset, page.charset_source) == (charset, source)
        assert page.title in ("é", "ж", "ł", "e")

    @pytest.mark.parametrize("label", ["rot13", "utf-7", "idna", "unicode_escape", "zlib_codec", "nonsense"])
    def test_no_codec_that_browsers_lack(self, label):
        page = read_page(URL, f"<meta charset={label}><title>a+ADw-b</title>".encode())
        assert (page.charset, page.title) == ("utf-8", "a+ADw-b")

    def test_wrong_bytes_and_nul_are_told(self):
        page = read(b"<title>a\xff\x00b</title>")
        assert page.title == "a\ufffd\ufffdb"
        assert [trouble.kind for trouble in page.trouble] == ["charset"]

    def test_only_read_headers_are_kept_and_cut(self):
        page = read("<p>", headers={"Set-Cookie": "a", "X-Robots-Tag": "noindex", "Link": "x" * 9000})
        assert set(page.headers) == {"x-robots-tag", "link"}
        assert len(page.headers["link"]) == 4096
        assert "noindex" in page.robots


class TestMetas:
    def test_written_as_written(self):
        page = read(
            '<meta property="og:title" content=" A &amp;  B "><meta name="og:title" value="x"><meta property=og:image '
            'content><meta itemprop="name" content="c">'
        )
        first, second, third, fourth = page.metas
        assert (first.prop, first.content, first.value) == ("og:title", " A &  B ", "A & B")
        assert (second.name, second.content, second.value_attribute) == ("og:title", None, "x")
        assert third.content == ""
        assert (fourth.itemprop, fourth.order) == ("name", 3)

    def test_offsets_count_bytes_as_served(self):
        body = '<head><title>žluť</title><!-- <meta name=a> --><meta name="b" content="c">'.encode()
        page = read(body)
        assert [meta.offset for meta in page.metas] == [body.index(b'<meta name="b"')]
        assert page.title_offset == body.index(b"<title")

    def test_offsets_pass_over_scripts_styles_and_attributes(self):
        body = (
            b"<script>var a='<meta name=x>'</script><style>/*<link rel=x>*/</style>"
            b'<meta name="d" content="<meta name=y>"><link rel=canonical href=/a><textarea><meta name=z></textarea>'
        )
        page = read(body)
        assert [meta.offset for meta in page.metas] == [body.index(b'<meta name="d"')]
        assert [link.offset for link in page.relations] == [body.index(b"<link rel=canonical")]

    def test_no_offset_where_characters_are_not_bytes(self):
        page = read('\ufeff<meta name="a" content="ü"><link rel=x href=y>'.encode("utf-16"))
        assert page.metas[0].value == "ü"
        assert page.metas[0].offset is None
        assert page.metas[0].in_head

    @pytest.mark.parametrize(
        ("head", "with_scripting", "without"),
        [
            ("<title>t</title>", True, True),
            ("<noscript><img src=pixel.gif></noscript>", True, False),
            ("<noscript><style>a{}</style></noscript>", True, True),
            ("<noscript><iframe src=x></iframe></noscript>", True, False),
            ("<div>stray</div>", False, False),
            ("some text", False, False),
            ("<!-- note --> <base href=/>", True, True),
            ("<script>document.write('<p>')</script>", True, True),
            ("</head>", True, True),
            ("</head><body>", False, False),
            ("</p></div>", True, True),
            ("<template><div></div></template>", True, True),
            ("<svg></svg>", False, False),
            ("<LINK rel=x href=/y>\n<mEtA name=a content='>'>\n<meta name=b>", True, True),
            ("<mink>", False, False),
            ("<metadata>", False, False),
        ],
    )
    def test_place_by_the_html_standard(self, head, with_scripting, without):
        meta = read(f"<!DOCTYPE html><html><head>{head}<meta property='og:title' content='t'>").metas[-1]
        assert (meta.in_head, meta.in_head_without_scripting) == (with_scripting, without)

    def test_too_many_and_too_long(self):
        page = read('<meta name=a content="%s">' % ("x" * 5000) + "<meta name=b content=c>" * 600)
        assert len(page.metas) == 500
        assert len(page.metas[0].content) == 2048
        assert [trouble.kind for trouble in page.trouble] == ["limit", "limit"]

    @pytest.mark.parametrize(
        ("content", "target"),
        [
            ("0;url=/new", "https://example.com/new"),
            ("3; URL='https://a.example/'", "https://a.example/"),
            ("60;url=/x", None),
            ("30", None),
        ],
    )
    def test_refresh_within_seconds(self, content, target):
        assert read(f'<meta http-equiv="Refresh" content="{content}">').meta_refresh == target

    def test_refresh_for_browsers_without_scripting_is_none(self):
        page = read("<head><noscript><meta http-equiv=refresh content='0;url=/nojs'></noscript></head>")
        assert page.meta_refresh is None


class TestHead:
    def test_title_of_head_only(self):
        page = read("<head><title> One \n two </title></head><body><svg><title>Drawing</title></svg>")
        assert (page.title, page.titles) == ("One two", ("One two",))

    def test_no_title_and_empty_title_differ(self):
        assert read("<p>x").title is None
        assert read("<svg><title>x</title></svg>").title is None
        assert read("<title></title>").title == ""

    def test_several_titles(self):
        assert read("<head><title>a</title><title>b</title></head>").titles == ("a", "b")

    def test_relations_of_tags_and_header(self):
        page = read(
            '<base href="https://example.com/de/"><link rel="Canonical" href="seite"><link rel="alternate" '
            'hreflang="en" href="/en/"><link rel=canonical>',
            headers={**HTML, "Link": '<https://example.com/h>; rel="canonical", </feed>; rel=alternate; type="a/b"'},
        )
        assert page.base == "https://example.com/de/"
        assert [relation.href for relation in page.related("canonical")] == [
            "https://example.com/de/seite", "", "https://example.com/h",
        ]  # fmt: skip
        assert page.canonical == "https://example.com/de/seite"
        assert page.related("alternate")[0].hreflang == "en"
        assert page.related("alternate")[1].in_header

    def test_feeds_by_relation_and_by_link(self):
        page = read(
            '<link rel="alternate" type="application/rss+xml" title="News" href="/feed/">'
            '<link rel="alternate" type="application/json+oembed" href="/oembed">'
            '<p><a href="/blog/feed.json">JSON</a> <a href="/feeding">no</a>'
        )
        assert [(feed.url, feed.declared) for feed in page.feeds] == [
            ("https://example.com/feed/", True),
            ("https://example.com/blog/feed.json", False),
        ]

    def test_rdf_is_a_feed_where_its_name_says_so(self):
        rdf = '<link rel="alternate" type="application/rdf+xml" href="{}">'
        assert not read(rdf.format("/ns/ogp.me.rdf")).feeds
        assert [feed.url for feed in read(rdf.format("/index.rdf")).feeds] == ["https://example.com/index.rdf"]
        assert read(rdf.replace("link ", 'link title="News" ').format("/out.rdf")).feeds

    def test_a_feed_declared_by_http_and_linked_by_https_is_one(self):
        page = read(
            '<link rel="alternate" type="application/rss+xml" href="http://example.com/feed/">'
            '<p><a href="https://example.com/feed/">RSS</a>'
        )
        assert [(feed.url, feed.declared, feed.linked) for feed in page.feeds] == [
            ("http://example.com/feed/", True, True)
        ]

    def test_a_picture_for_previews_is_no_icon(self):
        page = read('<link rel="image_src" href="/share.jpg"><link rel="icon" href="/f.ico">')
        assert [icon.rel for icon in page.icons] == ["icon"]
        assert [one.place for one in page.declared["image"]] == ["image_src"]

    def test_icons(self):
        page = read('<link rel="shortcut icon" href=/f.ico><link rel=apple-touch-icon sizes=180x180 href=/t.png>')
        assert [(icon.rel, icon.sizes) for icon in page.icons] == [("icon", None), ("apple-touch-icon", "180x180")]


class TestBody:
    def test_links_resolved_and_placed(self):
        page = read(
            '<header><a href="/">Home</a></header><nav><a href="?p=2#top">Next</a></nav>'
            "<main><p>This paragraph is long enough to be read as prose, with a "
            '<a href="//Other.example/A B">link</a> in it.</p></main>'
            '<footer><ul class="social follow"><li><a href="https://x.com/me" aria-label="X"><i class="fa"></i></a></ul>'
            '<a href="mailto:me@example.com?subject=Hi">Mail</a><a href="http://[">broken</a></footer>'
        )
        home, following, cited, profile, mail = page.links
        assert home.area is Area.HEADER
        assert (following.url, following.fragment, following.area) == (f"{URL}?p=2", "top", Area.NAV)
        assert (cited.url, cited.in_main, cited.area) == ("https://other.example/A%20B", True, Area.MAIN)
        assert (profile.label, profile.icon_only, profile.block, profile.area) == (
            "X", True, "social follow", Area.FOOTER,
        )  # fmt: skip
        assert mail.url == "mailto:me@example.com?subject=Hi"

    def test_a_link_in_an_article_header_is_no_page_header(self):
        page = read("<article><header><h1>T</h1><a href=/author rel=author>Me</a></header><p>text</p></article>")
        assert page.links[0].area is Area.MAIN

    @pytest.mark.parametrize(
        ("inner", "label"),
        [
            ("<img alt='Share on X'>", "Share on X"),
            ("<svg><title>Facebook</title></svg>", "Facebook"),
            ("<span class=icon></span>", ""),
            ("<i class='fa fa-x' title='X'></i>", "X"),
            ("<span class=hidden>Tell</span>", "Tell"),
        ],
    )
    def test_accessible_names(self, inner, label):
        assert read(f"<a href=/x>{inner}</a>").links[0].label == label

    def test_headings_with_anchors(self):
        page = read(
            "<h1 id=top>One</h1><h2><a name=two></a>Two <em>more</em></h2><section id=three><h2>Three</h2></section>"
            "<h2>Four</h2>"
        )
        assert [(heading.level, heading.text, heading.id) for heading in page.headings] == [
            (1, "One", "top"), (2, "Two more", "two"), (2, "Three", "three"), (2, "Four", None),
        ]  # fmt: skip

    def test_pictures(self):
        page = read(
            '<img src="a.jpg" alt="" width="640px" height="auto" srcset="a-1.jpg 640w, a-2.jpg 1280w" data-pin-nopin=1>'
            '<picture><source srcset="/w.webp 2000w"><img src="data:image/gif;base64,R0" data-src="/lazy.jpg"></picture>'
        )
        first, second = page.images
        assert (first.src, first.alt, first.width, first.height) == ("https://example.com/blog/a.jpg", "", 640, None)
        assert (first.largest, first.largest_width, first.nopin) == ("https://example.com/blog/a-2.jpg", 1280, True)
        assert (second.src, second.alt) == ("https://example.com/lazy.jpg", None)
        assert second.largest == "https://example.com/w.webp"


def test_a_page_is_forgotten_at_once():
    """No circle of references keeps the tree until Python's garbage collector comes by."""
    markup = "<title>T</title><h1>One</h1><p>Text with a <a href=/x rel=tag class=author>link</a><br><img src=a.png>"
    read(markup)
    gc.collect()
    gc.disable()
    try:
        read(markup)
        assert gc.collect() == 0
    finally:
        gc.enable()


HOSTILE = {
    "empty": b"",
    "nul": b"\x00" * 1000,
    "open comment": b"<!--",
    "angles": b"<" * 50_000,
    "open quotes": b'<meta a="' * 20_000,
    "nesting": b"<div>" * 100_000 + b"x",
    "nested arrays": b'<script type="application/ld+json">' + b"[" * 50_000,
    "nested objects": b'<script type="application/ld+json">' + b'{"a":' * 900 + b"1" + b"}" * 900,
    "open string": b'<script type="application/ld+json">{"@type":"A","n":"' + b'\\"' * 200_000,
    "comments": b'<script type="application/ld+json">' + b"/*" * 200_000,
    "long number": b'<script type="application/ld+json">{"@type":"A","n":' + b"9" * 20_000 + b"}</script>",
    "itemref cycle": b"<p itemscope itemtype=A id=a itemref=b><p itemscope id=b itemref=a itemprop=x>",
    "microdata": b"<div itemscope itemtype=A itemprop=p>" * 3_000 + b"x",
    "bad addresses": b'<base href="http://["><a href="http://a:99999999/">x</a><a href="\xff://">y</a>',
    "long address": b'<a href="' + b"/x" * 100_000 + b'">x</a>',
    "srcset": b'<img srcset="' + b"a " * 50_000 + b'">',
    "class": b'<p class="' + b"a-" * 50_000 + b'">x',
    "date": b'<meta property="article:published_time" content="9999-99-99T99:99"><time datetime="0000-00-00">x</time>',
    "frames": b"<frameset><frame src=x></frameset>",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_are_read(body):
    page = read(body)
    assert page.size == len(body)


def test_a_cut_page_is_marked():
    page = read("<title>t</title><meta name=a content='cut", truncated=True)
    assert (page.title, page.truncated) == ("t", True)
    assert "truncated" in {trouble.kind for trouble in page.trouble}


@pytest.mark.parametrize(
    ("content_type", "body", "html"),
    [
        ("text/html", b"", True),
        ("application/xhtml+xml; charset=x", b"", True),
        ("application/pdf", b"<html>", False),
        ("", b"<!doctype html>", True),
        ("", b"%PDF-1.4", False),
    ],
)
def test_html_or_not(content_type, body, html):
    assert read_page(URL, body, headers={"content-type": content_type}).is_html is html
