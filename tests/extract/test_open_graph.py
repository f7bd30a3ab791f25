"""What a strict Open Graph reader accepts of a page."""

from __future__ import annotations

import pytest
from extruct.opengraph import OpenGraphExtractor

from smocrawl.extract import read_page


@pytest.mark.parametrize(
    ("markup", "accepted"),
    [
        ('<meta property="og:title" content=" Ships  at sea ">', (("og:title", "Ships at sea"),)),
        ('<meta name="og:title" content="Ships">', ()),
        ('<meta property="og:title" value="Ships">', ()),
        ('<meta property="harbour:berth" content="3">', ()),
        ("<title>Ships</title>", ()),
    ],
    ids=["as the protocol asks", "name in place of property", "no content", "an unknown prefix", "none"],
)
def test_in_head(markup: str, accepted: tuple[tuple[str, str], ...]) -> None:
    page = read_page("https://www.example.com/", f"<html><head>{markup}</head><body></body></html>".encode())
    assert page.strict_open_graph == accepted


def test_a_declared_prefix_counts_and_the_body_does_not() -> None:
    page = read_page(
        "https://www.example.com/",
        b'<html prefix="harbour: https://example.com/ns#"><head><meta property="harbour:berth" content="3"></head>'
        b'<body><meta property="og:title" content="Ships"></body></html>',
    )
    assert page.strict_open_graph == (("harbour:berth", "3"),)
    assert page.meta("og:title") == "Ships"


def test_it_is_what_extruct_reads_of_the_whole_page() -> None:
    html = (
        '<html prefix="a: https://e.com/a#"><head><meta property="og:title" content="One"><meta property="a:b" content="2">'
        '<meta property="article:tag" content="x"></head><body><p>Text</p><head><meta property="og:type" content="website">'
        "</head></body></html>"
    )
    page = read_page("https://www.example.com/", html.encode())
    asked = OpenGraphExtractor().extract(html)
    assert page.strict_open_graph == tuple(pair for found in asked for pair in found["properties"])
