"""Structured data of all syntaxes as one list of entities."""

from __future__ import annotations

import json

import pytest

from smocrawl.extract import read_page
from smocrawl.extract.structured.json_ld import parse

URL = "https://example.com/blog/post"
ARTICLE = {"@context": "https://schema.org", "@type": "Article", "headline": "H"}


def read(markup: str):
    return read_page(URL, markup.encode(), headers={"content-type": "text/html; charset=utf-8"})


def script(data) -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{text}</script>'


class TestBlocks:
    @pytest.mark.parametrize(
        "text",
        [
            '{"@type": "Article", "headline": "H",}',
            '// <![CDATA[\n{"@type": "Article", "headline": "H"}\n// ]]>',
            '<!-- {"@type": "Article", "headline": "H"} -->',
            '<!-- SEO plugin --> {"@type": "Article", "headline": "H"}',
            '<!--//--><![CDATA[//><!--\n{"@type": "Article", "headline": "H"}\n//--><!]]>',
            '/* who */ {"@type": "Article", /* what */ "headline": "H"}',
            '{"@type": "Article", "headline": "H"};',
            "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;H&quot;}",
            '{"@type": "Article", "note": "a\nb", "headline": "H"}',
            '{"@type": "Article", "rating": NaN, "headline": "H"}',
        ],
    )
    def test_a_lenient_reading_is_told(self, text):
        page = read(script(text))
        (block,) = page.json_ld
        assert block.lenient
        assert block.error
        assert page.entities[0].text("headline") == "H"
        assert [trouble.kind for trouble in page.trouble] == ["json-ld"]

    @pytest.mark.parametrize("text", ["", "{", "[1,", '{"a" "b"}', "text", "42", '{"a":1}{"b":2}'])
    def test_what_cannot_be_read_costs_only_itself(self, text):
        page = read(script(text) + script(ARTICLE))
        assert page.json_ld[0].data is None
        assert page.json_ld[0].error
        assert page.json_ld[1].error is None
        assert page.has_entity("Article")

    def test_line_and_offset(self):
        body = "<p>é</p>\n\n" + script(ARTICLE)
        (block,) = read(body).json_ld
        assert block.line == 3
        assert block.offset == body.encode().index(b"<script")

    def test_addresses_in_strings_are_no_comments(self):
        data, error, lenient = parse('{"url": "https://example.com//a", "b": [1,],}')
        assert data == {"url": "https://example.com//a", "b": [1]}
        assert error
        assert lenient

    def test_lone_surrogates_are_replaced(self):
        data, error, _ = parse('{"a": "x\\ud800y", "b": "\\ud83d\\ude00"}')
        assert error is None
        assert data == {"a": "x\ufffdy", "b": "\U0001f600"}


class TestEntities:
    def test_graph_nesting_and_references(self):
        page = read(
            script(
                {
                    "@context": "https://schema.org",
                    "@graph": [
                        {
                            "@type": ["Article", "http://schema.org/Report"],
                            "author": {"@id": "#me"},
                            "image": {"@type": "ImageObject", "url": "/a.jpg"},
                            "keywords": ["a", ["b"]],
                        },
                        {"@type": "Person", "@id": "#me", "name": "Ann", "sameAs": ["https://x.com/ann"]},
                    ],
                }
            )
        )
        article, image, person = page.entities
        assert article.types == ("Article", "Report")
        assert article.text("author") == "Ann"
        assert article.entities("author")[0].values("sameAs") == ("https://x.com/ann",)
        assert article.url("image") == "/a.jpg"
        assert article.values("keywords") == ("a", "b")
        assert (image.parent, image.depth) == ("image", 1)
        assert (person.id, person.depth) == ("#me", 0)

    def test_a_reference_with_a_name_beside_it_is_the_thing_that_it_names(self):
        me = {"@type": "Person", "@id": "/me/", "name": "Ann Smith", "url": "https://example.org/me/"}
        page = read(script({"@graph": [me, {"@type": "Article", "author": {"@id": "/me/", "name": "Ann"}}]}))
        author = page.entities[1].entities("author")[0]
        assert (author.types, author.id, author.text("name"), author.url("url")) == (
            ("Person",), "/me/", "Ann", "https://example.org/me/",
        )  # fmt: skip
        alone = read(script({"@type": "Article", "author": {"@id": "/me/", "name": "Ann"}}))
        assert alone.entities[0].entities("author")[0].text("name") == "Ann"

    def test_references_in_a_circle(self):
        page = read(
            script([{"@type": "A", "@id": "1", "b": {"@id": "2"}}, {"@type": "B", "@id": "2", "a": {"@id": "1"}}])
        )
        assert [entity.types for entity in page.entities] == [("A",), ("B",)]
        assert page.entities[0].text("b") == "2"

    def test_a_reference_to_elsewhere_keeps_its_address(self):
        page = read(script({"@type": "A", "author": {"@id": "https://example.org/#me"}}))
        assert page.entities[0].text("author") == "https://example.org/#me"

    def test_many_things_are_cut(self):
        page = read(script([{"@type": "A"}] * 1500))
        assert len(page.entities) == 1000
        assert page.trouble[0].kind == "limit"

    def test_microdata(self):
        page = read(
            '<article itemscope itemtype="https://schema.org/BlogPosting"><h1 itemprop="headline">T</h1>'
            '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ann</b></span>'
            '<time itemprop="datePublished" datetime="2026-01-02">2 Jan</time><meta itemprop="wordCount" content="3">'
            '<img itemprop="image" src="/a.jpg"></article>'
        )
        post, person = page.entities
        assert post.is_a("BlogPosting")
        assert (post.syntax, post.text("headline"), post.text("author")) == ("microdata", "T", "Ann")
        assert (post.text("datePublished"), post.url("image")) == ("2026-01-02", "https://example.com/a.jpg")
        assert person.parent == "author"

    def test_rdfa(self):
        page = read(
            '<div vocab="https://schema.org/" typeof="Article"><h1 property="headline">T</h1>'
            '<span property="author" typeof="Person"><b property="name">Ann</b></span></div>'
        )
        article = page.entities_of("Article")[0]
        assert (article.syntax, article.text("headline"), article.text("author")) == ("rdfa", "T", "Ann")

    def test_open_graph_alone_is_no_rdfa(self):
        assert read('<html prefix="og: https://ogp.me/ns#"><meta property="og:title" content="t">').entities == ()

    @pytest.mark.parametrize(
        "markup",
        [
            (
                '<article class="h-entry"><h1 class="p-name">T</h1><a class="p-author h-card" href="/ann">Ann</a>'
                '<time class="dt-published" datetime="2026-01-02">x</time><a class="u-url" href="/t">#</a></article>'
            ),
            (
                '<div class="post hentry"><h1 class="entry-title">T</h1><span class="author vcard"><a class="url fn" '
                'href="/ann">Ann</a></span><abbr class="published" title="2026-01-02">x</abbr><a rel="bookmark" href="/t">#'
                "</a></div>"
            ),
        ],
    )
    def test_microformats_of_both_ages(self, markup):
        entry, *rest = read(markup).entities
        assert entry.types == ("https://microformats.org/wiki/h-entry",)
        assert (entry.text("name"), entry.text("author"), entry.text("published")) == ("T", "Ann", "2026-01-02")
        assert entry.url("url") == "https://example.com/t"
        assert rest[0].parent == "author"
        assert rest[0].url("url") == "https://example.com/ann"
