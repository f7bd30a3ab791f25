"""Our reader of microdata finds what extruct finds."""

from __future__ import annotations

from typing import Any

import pytest
from extruct.utils import parse_html
from extruct.w3cmicrodata import LxmlMicrodataExtractor
from reference import as_node

from smocrawl.extract import limits
from smocrawl.extract.decode import decode
from smocrawl.extract.document import Document
from smocrawl.extract.structured.microdata import read_microdata

URL = "https://www.example.com/blog/post"
PAGES = {
    "a posting": """<article itemscope itemtype="https://schema.org/BlogPosting" itemid=" /me "><h1 itemprop="headline
        name">A  <i>day</i>out, <b>(</b>sunny<b>)</b>!</h1><div itemprop="author" itemscope
        itemtype="https://schema.org/Person"><a itemprop="url" href=" /ann "><b itemprop="name">Ann</b></a></div><img
        itemprop="image" src="a.jpg"><time itemprop="datePublished" datetime="2026-01-02">x</time><time
        itemprop="dateModified">y</time><meta itemprop="wordCount" content="3"><data itemprop="sku" value="7">x</data>
        <meter itemprop="m" value="2"></meter><span itemprop="n" content="said">x</span><span itemprop="o" content="">x
        </span><object itemprop="p" data="o"></object><a itemprop="q">x</a><div itemprop="articleBody"><p>One <em>two</em>.
        </p><ul><li>three<li>four</ul><script>no</script>f<style>no</style>ive <br>six<table><tr><td>a<td>b</table>
        <pre> c
        d</pre><figure>e<figcaption>f</figcaption></figure>g<link href="x">h<meta content="y">i <!-- j --> k</div>
        </article>""",
    "references": """<p id="a">n: <b itemprop="name">Ann</b><i itemscope><u itemprop="other">x</u></i></p><div itemscope
        itemref="a b  none c d" itemtype="one two" itemid="x"><i itemprop="name">First</i></div><div id="b"
        itemprop="friend" itemscope><b itemprop="name">Bob</b></div><div id="c" itemscope><b itemprop="name">Cyd</b></div>
        <b id="d" itemprop="self">d</b><b id="d" itemprop="twin">e</b><div itemscope itemref="e" id="e"><b
        itemprop="x">1</b></div><div itemscope><p itemprop="in" itemscope itemref="f"></p><b id="f"
        itemprop="y">2</b></div>""",
    "circles": """<div id="a" itemprop="p" itemscope itemref="b"><b itemprop="n">1</b></div><div id="b" itemprop="q"
        itemscope itemref="a"><b itemprop="n">2</b></div>""",
    "nothing in it": """<div itemscope itemtype=" ">text</div><div itemscope itemid="x"></div><div itemprop="alone">t
        </div><div itemscope><b itemprop="">none</b><b itemprop="a a">t</b></div><div itemscope><b itemprop="name"
        ></b></div>""",
    "an action": """<form itemprop="potentialAction" itemscope itemtype="https://schema.org/SearchAction"><meta
        itemprop="target" content="https://example.com/?q={q}"><input itemprop="query-input" type="text" name="q"
        required></form>""",
    "bad addresses": """<div itemscope><a itemprop="url" href="http://[bad">x</a><img itemprop="image" alt="a"></div>""",
    "layout": """<div itemscope><div itemprop="a">one<div><div>two</div></div>three<p></p><p>four</p><h2>five</h2>six
        <br><br>seven</div><p itemprop="b"> (<b> eight</b> ) <b>"</b>nine<b>"</b> </p><div itemprop="c"><br>ten</div>
        <script itemprop="d">no</script><div itemprop="e">eleven<script></script>,<b>; </b>twelve</div></div>""",
}


def opened(markup: str) -> Document:
    body = markup.encode()
    return Document(url=URL, body=body, decoded=decode(body, "text/html; charset=utf-8"))


class Lenient(LxmlMicrodataExtractor):
    """extruct's reader, which otherwise gives up on an address that cannot be joined."""

    def _extract_property_value(self, node: Any, **state: Any) -> Any:
        try:
            return super()._extract_property_value(node, **state)
        except ValueError:
            return node.get("href")


@pytest.mark.parametrize("name", PAGES)
def test_items_are_what_extruct_finds(name: str) -> None:
    found = [node for _, node in read_microdata(opened(PAGES[name]))]
    tree = parse_html(PAGES[name], "utf-8")
    assert found == [as_node(item) for item in Lenient().extract_items(tree, base_url=URL)]
    assert found


class TestBounds:
    def test_long_texts_are_cut(self) -> None:
        text = "word <b>bold</b> " * 2_000
        ((_, node),) = read_microdata(opened(f'<div itemscope><p itemprop="text">{text}'))
        assert len(node["text"][0]) == limits.VALUE

    def test_items_in_items(self) -> None:
        found = list(read_microdata(opened('<div itemscope itemprop="a">' * 120)))
        assert len(found) == 3

    @pytest.mark.parametrize(
        "markup",
        [
            "<div itemscope></div>" * (limits.ENTITIES * 2 + 1),
            '<div itemscope itemref="{}"></div><div id="a">{}</div>'.format("a " * 1_000, "<b></b>" * 1_000),
            "<div itemscope>{}{}".format('<div itemprop="a">' * 200, "<b></b>" * 4_000),
        ],
    )
    def test_what_costs_too_much_is_cut_and_said(self, markup: str) -> None:
        document = opened(markup)
        assert len(list(read_microdata(document))) <= limits.ENTITIES * 2
        assert [trouble.where for trouble in document.trouble] == ["microdata"]
