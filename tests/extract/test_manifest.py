"""Web app manifests."""

import json

import pytest

from smocrawl.extract.files.manifest import read_manifest

URL = "https://example.com/app/site.webmanifest"


def test_a_manifest() -> None:
    body = json.dumps({
        "name": "Acme Garden", "short_name": "Acme", "start_url": "/?from=app", "display": "standalone",
        "icons": [{"src": "192.png", "sizes": "192x192", "type": "image/png"}, {"src": "/512.png", "sizes": "256x256 512x512"}],
    })  # fmt: skip
    facts = read_manifest(body.encode(), URL)
    assert (facts.name, facts.short_name, facts.start_url) == ("Acme Garden", "Acme", "https://example.com/?from=app")
    assert [icon.url for icon in facts.icons] == ["https://example.com/app/192.png", "https://example.com/512.png"]
    assert facts.has_icon(192)
    assert facts.has_icon(512)
    assert not facts.has_icon(1024)
    assert not facts.trouble


def test_an_icon_for_every_size() -> None:
    assert read_manifest(b'{"icons": [{"src": "a.svg", "sizes": "any"}]}', URL).has_icon(512)


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b"\xff\xfe", b"[" * 100_000, b'{"name": "a",}'])
def test_no_manifest(body: bytes) -> None:
    assert read_manifest(body, URL).trouble[0].kind == "json"


@pytest.mark.parametrize(
    "body", [b'{"icons": 5}', b'{"icons": [1, {"src": 3}, {"sizes": "1x1"}]}', b'{"name": ["a"], "start_url": 4}']
)
def test_other_shapes_never_raise(body: bytes) -> None:
    facts = read_manifest(body, URL)
    assert facts.name is None
    assert not facts.icons
