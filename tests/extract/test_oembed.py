"""oEmbed answers."""

import pytest

from smocrawl.extract.files.oembed import read_oembed


def test_json() -> None:
    facts = read_oembed(
        b'{"type": "video", "version": "1.0", "title": "Roses", "author_name": "Ada", "html": "<iframe></iframe>",'
        b'"width": 640, "height": "360", "thumbnail_url": "https://example.com/t.jpg", "thumbnail_width": 1280.0}'
    )
    assert (facts.type, facts.title, facts.author_name, facts.html) == ("video", "Roses", "Ada", "<iframe></iframe>")
    assert (facts.width, facts.height, facts.thumbnail_width) == (640, 360, 1280)
    assert facts.is_valid


def test_xml() -> None:
    facts = read_oembed(
        b'<?xml version="1.0"?><oembed><type>link</type><version>1.0</version><title>A &amp; B</title></oembed>',
        "text/xml",
    )
    assert (facts.format, facts.type, facts.title) == ("xml", "link", "A & B")
    assert facts.is_valid


@pytest.mark.parametrize(
    ("body", "missing"),
    [(b'{"type": "photo", "version": "1.0", "url": "https://a.example/"}', ("width", "height")),
     (b'{"type": "page", "version": 1.0}', ("type",)), (b"{}", ("type", "version"))],
)  # fmt: skip
def test_what_the_standard_requires(body: bytes, missing: tuple[str, ...]) -> None:
    assert read_oembed(body).missing == missing


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"not json", b"[" * 100_000, b"<html></html>", b"<oembed>", b"<" * 1_000,
     b'<!DOCTYPE o [<!ENTITY a "b">]><oembed><title>&a;</title></oembed>'],
)  # fmt: skip
def test_no_answer(body: bytes) -> None:
    facts = read_oembed(body)
    assert facts.trouble
    assert not facts.is_valid


def test_other_shapes_never_raise() -> None:
    assert read_oembed(b'{"type": ["x"], "version": null, "title": {"a": 1}, "width": [], "html": 5}').title is None
