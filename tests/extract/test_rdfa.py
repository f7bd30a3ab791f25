"""Our reader of RDFa states what pyRdfa states, which extruct uses."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from extruct.utils import parse_xmldom_html
from extruct.xmldom import DomHtmlMixin
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as Text
from rdflib.compare import to_canonical_graph

from smocrawl.extract import limits
from smocrawl.extract.decode import decode
from smocrawl.extract.document import Document
from smocrawl.extract.structured.rdfa import read_rdfa
from smocrawl.extract.structured.rdfa_triples import Literal, read_triples

URL = "https://www.example.com/blog/post"
ROLE = URIRef("http://www.w3.org/1999/xhtml/vocab#role")
PAGES = {
    "an article": """<body><article vocab="https://schema.org/" typeof="BlogPosting"><h1 property="headline">A <i>day</i>
        out</h1><div property="author" typeof="Person"><a property="url" href="/ann"><b property="name">Ann</b></a></div>
        <meta property="wordCount" content="300"><img property="image" src="a.jpg"><a property="license"
        href="https://creativecommons.org/licenses/by/4.0/">BY</a><span property="genre" content="">x</span></article>""",
    "people who know each other": """<div vocab="http://xmlns.com/foaf/0.1/" typeof="Person"><p><span property="name"
        >Ann</span><a property="mbox" href="mailto:ann@example.org">mail</a></p><ul><li property="knows" resource="#bob"
        typeof="Person"><a property="homepage" href="http://example.com/bob/"><span property="name">Bob</span></a></li>
        <li property="knows" typeof="Person"><b property="name">Eve</b></li></ul><p about="#bob" rel="knows"
        resource="#ann">x</p></div>""",
    "prefixes": """<div prefix="dc: http://purl.org/dc/elements/1.1/ ex: http://example.org/ns# bad http://x.org/
        : http://example.org/none _: http://b.org/" about="/photo"><b property="dc:title">T</b><b
        property="ex:a schema:name FOAF:name unknown:b og:title">v</b><b property="http://example.org/full">f</b><b
        property="plain license :empty">p</b><a rel="license next cc:license" href="/l">L</a><b property="rdfs:label"
        about="ex:thing">t</b><b about="[ex:safe]" property="ex:x">s</b><b about="[none:safe]" property="ex:y">n</b>
        <b about="[]" property="ex:z">z</b><b about="_:one" property="ex:b">1</b><a rel="ex:to" resource="_:one">1</a>
        <b property="ex:c//d ex:e?f[ ex:g#h#i ex:">no</b></div>""",
    "vocabularies": """<div vocab="http://one.example/#"><b property="a">1</b><p vocab=""><b property="b license">2</b>
        </p><p vocab="two/"><b property="c/d">3</b><b typeof="schema:Thing T">4</b></p></div>""",
    "rel and rev": """<div vocab="http://schema.org/" typeof="Event" resource="#e"><div rel="performer"><b
        typeof="Person"><i property="name">A</i></b><a href="/b">B</a></div><div rel="location"><span
        property="name">somewhere</span></div><a rev="subjectOf" href="/r">R</a><div rev="event"><i about="/o">O</i>
        </div><a rel="image nofollow" href="/i" typeof="ImageObject"><i property="caption">c</i></a><div
        rel="sponsor" resource="/s"><p property="name">S</p></div></div>""",
    "lists": """<div vocab="http://schema.org/" typeof="Recipe" resource="#r"><ol><li inlist property="step">one</li>
        <li inlist property="step">two</li></ol><p rel="author" inlist><a href="/a">A</a> <a href="/b">B</a></p><a
        inlist rel="image" href="/i">I</a><p inlist rel="video"></p><p about="#s"><b inlist property="step">other</b>
        </p></div>""",
    "chains": """<div about="/a" vocab="http://ex.org/"><p rel="b"><b about="/c"><i property="d">e</i></b><b
        property="f">g</b></p><p about="/h" typeof="I"><a href="/j"><b property="k">l</b></a></p><p href="/m"
        property="n">o</p><p resource="/q" property="r" typeof="S">t</p><p about="/u" property="v" typeof="W">x</p><p
        resource="/y"><b property="z">1</b></p><p typeof="A"><b property="b">2</b></p></div>""",
    "literals": """<div vocab="http://ex.org/" xml:lang="EN"><p property="a" lang="de">eins <b>zwei</b></p><p lang=""
        property="b">none</p><p property="c" datatype="xsd:token">d</p><p property="d" datatype="">e</p><p property="e"
        datatype="xsd:token" content="f">g</p><p property="f" content="h" href="/x">i</p><p property="g"> a  b
        </p><p property="h" href="">x</p><p property="i" src="?">x</p><p property="j" resource="/a#">x</p></div>""",
    "the head": """<html prefix="my: http://my.example/#" lang="fr"><head typeof="my:Head"><title property="dc:title">T
        </title><meta property="og:title" content="o"><meta property="article:tag" content="x"><link rel="my:up canonical"
        href="/up"><base href="/base/"></head><body typeof="my:Body"><p property="my:p">b</p><p property="my:q"
        href="q">q</p></body></html>""",
    "the root": """<html vocab="http://ex.org/" typeof="Page" resource="/me"><body property="p">text</body></html>""",
    "times": """<div vocab="http://schema.org/" typeof="Event"><time property="startDate" datetime="2026-01-02">then
        </time><time property="endDate">2026-01-03</time><time property="doorTime">soon</time><b property="duration"
        datetime="PT2H">two</b><time property="url" href="/u">u</time></div>""",
    "links of browsers": """<div vocab="http://schema.org/" typeof="Person"><a property="url" rel="nofollow" href="/n">n
        </a><a property="sameAs" rel="me schema:sameAs" href="/m">m</a><a property="name" rel="" href="/e">e</a></div>""",
}  # fmt: skip
OF_HTML = {"the head", "times", "links of browsers", "literals"}
"""Pages that extruct reads by the rules of plain XML: no language, no times, no part for head and body."""


def opened(markup: str) -> Document:
    body = markup.encode()
    return Document(url=URL, body=body, decoded=decode(body, "text/html; charset=utf-8"))


def reference(markup: str, base: str, *, html: bool) -> Any:
    """The statements of pyRdfa, with blanks folded, without data types and roles."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of rdflib about its own API
        from extruct.rdfa import Options, PyRdfa  # with the prefixes that extruct adds

        tree = parse_xmldom_html(markup, "utf-8")
        for element in tree.iter("base"):
            element.set("href", base)  # pyRdfa does not make it absolute
        reader = PyRdfa(
            Options(space_preserve=True, embedded_rdf=False), base=base, media_type="text/html" if html else ""
        )
        found = reader.graph_from_DOM(tree, graph=Graph(), pgraph=Graph())
    graph = Graph()
    for subject, name, value in found:
        if name != ROLE:
            graph.add((subject, name, plain(value, html=html) if isinstance(value, Text) else value))
    return set(to_canonical_graph(graph))


def plain(value: Text, *, html: bool) -> Text:
    return Text(" ".join(value.split()), lang=value.language if html and value.datatype is None else None)


def ours(markup: str, *, html: bool) -> Any:
    graph = Graph()
    for subject, name, value in read_triples(opened(markup))[0]:
        graph.add((term(subject), URIRef(name), term(value, html=html)))
    return set(to_canonical_graph(graph))


def term(value: str | Literal, *, html: bool = True) -> Any:
    if isinstance(value, Literal):
        return Text(" ".join(value.text.split()), lang=value.lang or None if html else None)
    return BNode(value[2:]) if value.startswith("_:") else URIRef(value)


@pytest.fixture(autouse=True)
def _removal(monkeypatch: pytest.MonkeyPatch) -> None:
    """extruct's tree lacks a method that pyRdfa needs for HTML."""
    monkeypatch.setattr(DomHtmlMixin, "removeAttribute", lambda self, name: self.attrib.pop(name), raising=False)


@pytest.mark.parametrize("name", PAGES)
def test_statements_are_those_of_pyrdfa_for_html(name: str) -> None:
    found = ours(PAGES[name], html=True)
    assert len(found) > 1
    assert found == reference(PAGES[name], opened(PAGES[name]).base, html=True)


@pytest.mark.parametrize("name", sorted(PAGES.keys() - OF_HTML))
def test_statements_are_those_of_extruct(name: str) -> None:
    assert ours(PAGES[name], html=False) == reference(PAGES[name], URL, html=False)


def nodes(markup: str) -> list[dict[str, Any]]:
    return [node for _, node in read_rdfa(opened(markup))]


class TestNodes:
    def test_things_stand_inside_those_that_refer_to_them(self) -> None:
        (article,) = nodes(PAGES["an article"])
        assert article["@type"] == ["https://schema.org/BlogPosting"]
        assert article["https://schema.org/headline"] == ["A day out"]
        (author,) = article["https://schema.org/author"]
        assert author["https://schema.org/name"] == ["Ann"]
        assert author["https://schema.org/url"] == ["https://www.example.com/ann"]
        assert "@id" not in author

    def test_lists_are_values_in_order(self) -> None:
        (recipe,) = nodes(PAGES["lists"])
        assert recipe["http://schema.org/step"] == ["one", "two"]
        assert recipe["http://schema.org/author"] == ["https://www.example.com/a", "https://www.example.com/b"]

    def test_things_that_refer_to_each_other_are_not_lost(self) -> None:
        page = """<div vocab="http://schema.org/"><p typeof="Article" resource="#a"><a property="about" href="#b">b</a></p>
            <p typeof="Thing" resource="#b"><a property="subjectOf" href="#a">a</a></p></div>"""
        (article,) = nodes(page)
        (thing,) = article["http://schema.org/about"]
        assert thing["http://schema.org/subjectOf"] == [URL + "#a"]

    def test_a_thing_without_type_or_address_keeps_what_is_said_of_it(self) -> None:
        (event,) = nodes('<p vocab="http://e.org/" typeof="E"><b rel="at"><i property="name">N</i></b></p>')
        assert event["http://e.org/at"] == [{"http://e.org/name": ["N"]}]


class TestBounds:
    def test_deep(self) -> None:
        document = opened('<div vocab="http://e.org/">' + '<p><div property="a" typeof="T">' * 120)
        things = list(read_rdfa(document))
        assert len(things) == (limits.ENTITY_DEPTH - 1) // limits.RDFA_DEPTH
        assert document.trouble[-1].where == "rdfa"

    def test_many_statements(self) -> None:
        document = opened('<div vocab="http://e.org/" typeof="T">' + '<b property="a">1</b>' * (limits.TRIPLES + 1))
        triples, _ = read_triples(document)
        assert len(triples) == 3
        document = opened(
            '<div vocab="http://e.org/">' + "".join(f'<b property="a">{n}</b>' for n in range(limits.TRIPLES + 1))
        )
        triples, _ = read_triples(document)
        assert len(triples) == limits.TRIPLES
        assert [trouble.where for trouble in document.trouble] == ["rdfa"]

    def test_everything_refers_to_everything(self) -> None:
        names = [f"#{n}" for n in range(30)]
        links = "".join(f'<a property="p" href="{name}"></a>' for name in names)
        things = "".join(f'<div resource="{name}" typeof="T">{links}</div>' for name in names)
        assert nodes(f'<div vocab="http://e.org/"><p typeof="Top"><a property="p" href="#0"></a></p>{things}</div>')

    def test_a_storm_of_prefixes(self) -> None:
        many = [" ".join(f"p{n}x{m}: http://e.org/{n}" for m in range(100)) for n in range(20)]
        storm = "".join(f'<i prefix="{prefixes}">' for prefixes in many)
        triples, _ = read_triples(opened(storm + '<b about="/x" property="p0x1:a p19x1:b">v</b>'))
        assert [name for _, name, _ in triples] == ["http://e.org/0a", "p19x1:b"]
