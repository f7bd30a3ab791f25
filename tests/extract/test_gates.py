"""Readers that look only where a gate lets them find what extruct finds without one."""

from __future__ import annotations

from typing import Any

import pytest
from extruct.jsonld import JsonLdExtractor
from extruct.utils import parse_html
from extruct.w3cmicrodata import LxmlMicrodataExtractor
from reference import as_node

from benchmarks import pages
from smocrawl.demo.site import build
from smocrawl.extract.body.names import BEGINNINGS, NOTHING, by_class, by_name
from smocrawl.extract.decode import decode
from smocrawl.extract.document import Document
from smocrawl.extract.structured.json_ld import read_json_ld
from smocrawl.extract.structured.microdata import read_microdata
from smocrawl.page import Area

URL = "https://www.example.com/page"
DEMO = {
    path: answer.body
    for path, answer in build("https://www.example.com").responses.items()
    if answer.status == 200 and "html" in answer.type
}
OURS = {"an article": pages.page(3, 20, "https://www.example.com"), **DEMO}

SCRIPTS = {
    "arrays": '[{"@type": "A"}, {"@type": "B", "c": [1, 2.5, true, null, "é"]}]',
    "a graph": '{"@context": "https://schema.org", "@graph": [{"@id": "#a"}, {"@id": "#b"}]}',
    "comments": '<!-- why --> {"@type": "A"}',
    "scripts' comments": '/* why */ {"@type": "A", /* what */ "url": "https://example.com//a"}',
    "lines in a string": '{"@type": "A", "text": "one\ntwo\tthree"}',
    "entities": '{"@type": "A", "text": "R&amp;D &lt;b&gt;"}',
    "nested and repeated": '{"@type": "A", "b": {"@type": "B", "b": {"@type": "B"}}, "n": 1, "n": 2}',
    "a trailing comma": '{"@type": "A", "b": [1, 2,],}',
}
"""Scripts that extruct reads, if leniently."""


def opened(body: bytes) -> Document:
    return Document(url=URL, body=body, decoded=decode(body, "text/html; charset=utf-8"))


@pytest.mark.parametrize("name", OURS)
def test_microdata_is_what_extruct_finds(name: str) -> None:
    found = [node for _, node in read_microdata(opened(OURS[name]))]
    tree = parse_html(OURS[name].decode("utf-8", "replace"), "utf-8")
    assert found == [as_node(item) for item in LxmlMicrodataExtractor().extract_items(tree, base_url=URL)]


@pytest.mark.parametrize("name", OURS)
def test_json_ld_is_what_extruct_finds_where_it_parses(name: str) -> None:
    blocks = read_json_ld(opened(OURS[name]))
    if any(block.error for block in blocks):
        return
    found: list[Any] = []
    for block in blocks:
        found += block.data if isinstance(block.data, list) else [block.data]
    tree = parse_html(OURS[name].decode("utf-8", "replace"), "utf-8")
    assert found == list(JsonLdExtractor().extract_items(tree))


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_read_as_extruct_reads_them(name: str) -> None:
    page = "".join(f'<script type="application/ld+json">{text}</script>' for text in (SCRIPTS[name], '{"@type": "Z"}'))
    found: list[Any] = []
    for block in read_json_ld(opened(page.encode())):
        found += block.data if isinstance(block.data, list) else [block.data]
    assert found == list(JsonLdExtractor().extract_items(parse_html(page, "utf-8")))
    assert len(found) > 1


@pytest.mark.parametrize(
    ("name", "area", "beside", "meanings"),
    [
        ("site-footer", "footer", False, ""),
        ("_footer", "footer", False, ""),
        ("masthead", "header", False, ""),
        ("topbar", "header", False, ""),
        ("top-bar", "header", False, ""),
        ("Main_Menu", "nav", False, ""),
        ("js-breadcrumb", "nav", False, "breadcrumb"),
        ("left-sidebar", "aside", False, ""),
        ("x-compartir", None, False, "share"),
        ("del-artikel", None, False, "share"),
        ("addtoany_share", None, True, "share"),
        ("btn-copy-link", None, False, "copy"),
        ("product-rating", None, False, "rating"),
        ("topheader", "header", False, ""),
        ("news-footer-widgets", "footer", False, ""),
        ("widget_area", "aside", False, ""),
        ("left-side-bar", "aside", False, ""),
        ("nav-item", None, False, ""),
        ("footer-column", None, False, ""),
        ("time-sharing", None, True, ""),
        ("\N{LATIN SMALL LETTER LONG S}hare", None, True, "share"),
        ("you-may-like", None, True, ""),
        ("toc", None, True, ""),
        ("wp-block-group", None, False, ""),
    ],
)
def test_the_quick_look_at_names_passes_over_none_that_means_something(
    name: str, area: str | None, beside: bool, meanings: str
) -> None:
    told = by_name(name)
    assert (told.area, told.beside, " ".join(sorted(told.meanings))) == (area, beside, meanings)


def test_beginnings_have_the_length_that_is_looked_at() -> None:
    assert {len(word) for word in BEGINNINGS} == {3, 4}


def test_a_class_attribute_means_what_its_names_mean_together() -> None:
    told = by_class("row nav-item Share-Bar sidebar")
    assert (told.area, told.beside, told.meanings) == (Area.ASIDE, True, {"share"})
    assert by_class("row nav-item col") is NOTHING
