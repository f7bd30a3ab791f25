"""Our reader of microformats finds what mf2py finds, but for two points where it follows the specification's tests."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from mf2py import backcompat

from benchmarks.accuracy import microformats
from smocrawl.extract import limits
from smocrawl.extract.decode import decode
from smocrawl.extract.document import Document
from smocrawl.extract.structured import microformats_names
from smocrawl.extract.structured.microformats import read_microformats
from smocrawl.extract.structured.microformats_items import read_items

URL = "https://www.example.com/blog/post"

PAGES = {
    "an entry": """<article class="h-entry" id="one"><h1 class="p-name">Moss in
        shade</h1><p class="p-summary">Small <br>plants</p><a class="p-author h-card" href="/ann"><img src="/a.jpg"
        alt="Ann"> Ann</a><time class="dt-published" datetime="2026-01-02T10:00:00+01:00">2 Jan</time><a class="u-url
        u-uid" href="/t">#</a><a class="p-category" href="/c">moss</a><a class="p-category" href="/d">shade</a>
        <div class="e-content"><p>First</p><p>Second <img src="b.jpg"> <img src="c.jpg" alt="pot"></p>
        <script>no()</script><style>b {}</style><pre>a  b</pre></div></article>""",
    "a theme's entry": """<body class="hfeed"><div class="post hentry category-moss"><h2 class="entry-title"><a
        href="/t" rel="bookmark">T</a></h2><span class="author vcard"><a class="url fn n" href="/ann">Ann</a></span>
        <abbr class="published updated" title="2026-01-02">x</abbr><div class="entry-content p-name">One <b>two</b>
        </div><div class="entry-summary">Sum</div><a rel="tag" href="/tags/dry%20moss/">dry</a><span class="author">
        Bob</span></div><div class="hentry"><span class="vcard"><b class="fn">Cyd</b></span></div>""",
    "a card": """<div class="vcard"><a class="url fn" href="https://example.org">Ann Moss</a><span class="org">Moss
        Ltd</span><span class="title">Gardener</span><div class="adr"><span class="street-address">1 Mill Lane</span>
        <span class="locality">Leeds</span></div><a class="email" href="mailto:ann@example.org">mail</a><span
        class="tel"><span class="type">home</span>:<span class="value">+44</span> <span class="value">123</span></span>
        <img class="photo" src="/a.jpg" alt="me"><img class="logo" srcset="/l.png 1x" src="l.png"></div>""",
    "implied": """<a class="h-card" href="/ann">Ann</a><div class="h-card"><a href="/b"><img src="/b.jpg"
        alt="Bob"></a></div><img class="h-card" src="c.jpg" alt="Cyd"><abbr class="h-card" title="Dee">D</abbr><div
        class="h-card"><p>Eve</p><p>Moss</p></div><object class="h-card" data="f.jpg">Fay</object><div class="h-card">
        <template><b class="p-name">no</b></template><object data=""></object></div><div class="h-card"><img src=""></div>
        <area class="h-card" href="/g" alt="Gus"><div class="h-entry"><span class="h-cite"><a href="/x">X</a></span>""",
    "dates": """<div class="h-event"><span class="p-name">Fair</span><span class="dt-start"><span class="value">10pm
        </span> on <span class="value">2026-06-26</span><span class="value">+01:00</span></span><span class="dt-end">
        <abbr class="value" title="23:30">later</abbr></span><time class="dt-x">2026-011T1am</time><span class="dt-y"
        >12 am</span><data class="dt-z" value="2026-01-02T7:00Z">7</data><ins class="dt-i" datetime="2026-01-01 12pm">
        </ins><span class="dt-none"><span class="value"></span></span><del class="dt-o">2026-01</del></div>""",
    "addresses": """<base href="https://static.example.net/d/"><div class="h-entry"><a class="u-a">none</a><video
        class="u-v" poster="p.jpg"></video><video class="u-w" src="v.mp4"></video><iframe class="u-f" src="f.html">
        </iframe><data class="u-d" value="d.html">d</data><abbr class="u-b" title="b.html">b</abbr><span class="u-s">
        s.html</span><span class="u-p">x<b class="value">a</b><b class="value">.html</b></span><link class="u-l"
        href="l"><object class="u-o" data="o"></object><audio class="u-u" src=""></audio></div>""",
    "nested": """<div class="h-feed"><div class="p-name">Feed</div><div class="h-entry"><div class="p-location h-adr
        h-card u-url"><b class="p-name">Place</b><a class="u-url" href="/p">p</a></div><div class="u-in-reply-to
        h-cite"><a class="p-name u-url" href="/r">R</a></div><div class="e-content h-item">text</div><div
        class="p-name p-title u-x e-y">All <i>of</i> it</div></div></div><p class="p-name">outside</p>""",
    "a review": """<div class="hreview"><div class="item vcard"><span class="fn org">Inn</span></div><span
        class="reviewer vcard"><span class="fn">Ann</span></span><abbr class="dtreviewed" title="2026-01-02">then</abbr>
        <span class="rating">4</span><p class="description">Good <br> food</p><a rel="self bookmark" href="/r">here</a>
        </div><div class="hreview"><a class="fn url" href="/thing">Thing</a> <span class="summary">Fine</span></div>""",
    "other classic roots": """<div class="hproduct"><b class="fn">Pot</b> <i class="price">3</i> <span class="review">ok
        </span></div><div class="hrecipe"><b class="fn">Tea</b><i class="ingredient">leaf</i><span class="author">A
        </span><div class="instructions">Boil.<br>Wait.</div></div><div class="vevent"><b class="summary">Fair</b><abbr
        class="dtstart" title="2026-05-01">May</abbr><span class="location">Leeds</span><span class="geo">1;2</span></div>
        <div class="hresume"><p class="summary">S</p><p class="contact">C</p><div class="experience vevent"><b
        class="summary">Job</b></div></div><div class="geo"><i class="latitude">1</i><i class="longitude">2</i></div>
        <div class="hreview-aggregate"><b class="fn">P</b><i class="rating">4.5</i><i class="count">9</i></div>""",
    "names": """<div class="h-entry h-as-note h-x-y h- h-9 H-card -h-card"><b class="p-1">no</b><b class="p-a1">no</b><b
        class="p-a-b">ab</b><b class="p-x2-c">c</b><b class="P-name">no</b><b class="dt- p-">no</b><b class="px-4
        p-name p-name">n</b></div>""",
    "text": """<div class="h-card"><p class="p-note">one<span> two</span>
        <br>three <!-- four --> five<img alt=""><img src="x.png"><img></p><span class="p-a"><b class="value-title"
        title="said"></b> not</span><input class="p-b" value="v"><link class="p-c" title="t"><area class="p-d" alt="d">
        <img class="p-e" src="e.png"><script class="p-f">f</script></div>""",
}


def opened(markup: str) -> Document:
    body = markup.encode()
    return Document(url=URL, body=body, decoded=decode(body, "text/html; charset=utf-8"))


def rule(old: list[str], new: list[str]) -> Callable[..., None]:
    """mf2py's rule for a classic class name, but one that leaves a classic root inside another what it is."""

    def apply(child: Any, **_: Any) -> None:
        before = child.original or copy.copy(child)
        classes = child.get("class", [])
        if set(old) <= set(classes):
            keeps = [name for name in new if not (backcompat.root(classes) and name.startswith("h-"))]
            child["class"] = classes + [name for name in keeps if name not in classes]
            if any(name.startswith("e-") for name in keeps) and child.original is None:
                child.original = before

    return apply


@pytest.fixture(autouse=True)
def _rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """As microformats-v1/hreview/vcard and hresume/contact of the specification's tests expect."""
    monkeypatch.setattr(backcompat, "_make_classes_rule", rule)


@pytest.mark.parametrize("name", PAGES)
def test_items_are_what_mf2py_finds(name: str) -> None:
    found = microformats.ours(PAGES[name], URL)
    assert found == microformats.reference(PAGES[name], URL, filter_roots=True)
    assert found


def test_a_date_said_in_a_title_is_read_where_mf2py_drops_it() -> None:
    page = '<p class="h-event"><b class="dt-start"><i class="value-title" title="2026-03-14"> </i>Then</b></p>'
    (item,) = read_items(opened(page))
    assert item.properties["start"] == ["2026-03-14"]


def test_an_author_card_is_read_by_its_own_names() -> None:
    page = '<p class="hentry"><b class="author vcard">By <a class="url fn" href="/ann">Ann</a></b></p>'
    (item,) = read_items(opened(page))
    (author,) = item.properties["author"]
    assert (author.properties["name"], author.value) == (["Ann"], "Ann")


def test_classes_of_style_sheets_open_nothing_even_inside() -> None:
    page = '<div class="h-full"><div class="h-entry"><div class="h-screen"><b class="p-name">T</b></div></div></div>'
    (item,) = read_items(opened(page))
    assert (item.types, item.properties["name"]) == (("h-entry",), ["T"])


def test_names_are_those_of_mf2py() -> None:
    """Each classic rule of mf2py is one of ours; ``geo`` of an event is a root by itself."""
    for root, rules in backcompat._CLASSIC_MAP.items():
        classic = microformats_names.CLASSIC[root]
        assert [classic.type] == rules["type"]
        single = {name: sorted(said) for name, said in rules["properties"].items() if " " not in name}
        if root == "vevent":
            del single["geo"]
        assert {name: sorted(said.split()) for name, said in classic.classes.items()} == single
        assert {name: [said] for name, said in classic.rels.items()} == rules.get("rels", {})


class TestThings:
    def test_a_feed_on_the_body_tells_nothing(self) -> None:
        found = [node for _, node in read_microformats(opened(PAGES["a theme's entry"]))]
        assert [node["@type"] for node in found] == [["https://microformats.org/wiki/h-entry"]] * 2
        assert found[0]["category"] == ["dry moss"]
        assert [author["name"] for author in found[0]["author"]] == [["Ann"], ["Bob"]]

    def test_unknown_roots_are_looked_into(self) -> None:
        page = '<div class="h-wrapper"><div class="h-inner"><p class="h-entry">T</p></div></div>'
        assert [node["name"] for _, node in read_microformats(opened(page))] == [["T"]]

    def test_dates_stay_as_written(self) -> None:
        page = '<p class="h-entry"><time class="dt-published" datetime="2026-01-02T10:00:00+01:00"></time>T</p>'
        ((_, node),) = read_microformats(opened(page))
        assert node["published"] == ["2026-01-02T10:00:00+01:00"]

    def test_a_page_without_known_roots_is_not_read(self) -> None:
        assert not list(read_microformats(opened('<body class="hfeed h-full"><p class="h-wrapper">T</p>')))


class TestBounds:
    def test_roots_inside_roots(self) -> None:
        document = opened('<div class="h-card">' * 100 + "Ann")
        (item,) = read_items(document)
        depth = 0
        while item.children:
            (item,), depth = item.children, depth + 1
        assert depth == limits.MICROFORMAT_DEPTH - 1

    def test_many_elements(self) -> None:
        document = opened('<div class="h-entry">' + "<b></b>" * (limits.MICROFORMAT_ELEMENTS + 1))
        assert not list(read_items(document))
        assert [trouble.where for trouble in document.trouble] == ["microformats"]

    def test_long_texts_are_cut(self) -> None:
        document = opened('<div class="h-entry"><p class="p-name">' + "word <b>bold</b> " * 10_000)
        (item,) = read_items(document)
        assert len(item.properties["name"][0]) <= limits.VALUE
