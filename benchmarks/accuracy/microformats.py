"""Our items of microformats beside mf2py's, the reader that extruct uses."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mf2py

from benchmarks.accuracy import Verdict
from smocrawl.extract import urls
from smocrawl.extract.decode import decode
from smocrawl.extract.document import Document
from smocrawl.extract.structured.microformats_items import Item, read_items

URL = "http://example.com/"

_ZONE = re.compile(r"([+-]\d\d):(\d\d)$")


def suite(folder: Path) -> Iterator[Verdict]:
    """microformats/tests: each page with microformats, whole or not at all."""
    for page in sorted(folder.glob("tests/**/*.html")):
        if page.with_suffix(".json").exists():
            markup = page.read_text("utf-8")
            wanted, found = reference(markup, URL), ours(markup, URL)
            case = str(page.relative_to(folder / "tests"))
            yield Verdict(case, case.split("/", 1)[0], json.dumps(wanted), (json.dumps(found),), wanted == found)


def ours(markup: str, url: str) -> list[Any]:
    """In the form of mf2py's."""
    body = markup.encode()
    document = Document(url=url, body=body, decoded=decode(body, "text/html; charset=utf-8"))
    return [_ours(item, url) for item in read_items(document)]


def reference(markup: str, url: str, *, filter_roots: bool = False) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Beautiful Soup about its own API
        found = mf2py.parse(markup, html_parser="lxml", url=url, filter_roots=filter_roots)["items"]
    return [_theirs(item, url) for item in found]


def plain(text: str, url: str) -> str:
    """Blanks folded, no colon in a zone (mf2py takes it out), addresses as browsers send them."""
    text = _ZONE.sub(r"\1\2", " ".join(text.split()))
    return urls.resolve(url, text) or text if text.startswith("http") else text


def _ours(value: Any, url: str) -> Any:
    if not isinstance(value, Item):
        return plain(value, url)
    item: dict[str, Any] = {"type": list(value.types)}
    item["properties"] = {name: [_ours(one, url) for one in values] for name, values in value.properties.items()}
    if value.children:
        item["children"] = [_ours(one, url) for one in value.children]
    if value.value is not None:
        item["value"] = _ours(value.value, url)
    return item


def _theirs(value: Any, url: str) -> Any:
    if isinstance(value, str):
        return plain(value, url)
    if "type" not in value:
        return plain(value["value"], url)
    said = {name: [_theirs(one, url) for one in values] for name, values in value["properties"].items() if values}
    item: dict[str, Any] = {"type": value["type"], "properties": said}
    if value.get("children"):
        item["children"] = [_theirs(one, url) for one in value["children"]]
    if "value" in value:
        item["value"] = _theirs(value["value"], url)
    return item
