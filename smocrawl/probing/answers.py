"""What an answer says, made in a worker: hostile pages are read there alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from attrs import frozen

from smocrawl.extract import read_page
from smocrawl.extract.social.meaning import recognise
from smocrawl.page import Page
from smocrawl.reading import MOST_TAGS, within


@frozen(kw_only=True)
class Heard:
    """One answer to be read."""

    url: str
    topic: str
    headers: Mapping[str, str]
    body: bytes
    hosts: tuple[str, ...] = ()
    """Those of the audited site: who links back names one of them."""


def read_answer(heard: Heard) -> dict[str, Any]:
    """Facts for the table ``probe``; empty where the answer is no page."""
    return READERS[heard.topic](heard)


def _page(heard: Heard) -> Page | None:
    if "html" not in heard.headers.get("content-type", "text/html"):
        return None
    return read_page(heard.url, within(heard.body, MOST_TAGS), headers=heard.headers)


def _variant(heard: Heard) -> dict[str, Any]:
    page = _page(heard)
    if page is None:
        return {}
    return {"title": page.title, "canonical": page.canonical, "text": page.text.sha1}


TAGS = ("og:title", "og:description", "og:image", "twitter:card", "twitter:image")


def _bot(heard: Heard) -> dict[str, Any]:
    page = _page(heard)
    if page is None:
        return {}
    tags = {name: value for name in TAGS if (value := page.meta(name))}
    return {"tags": tags, "title": page.title, "wall": page.sharing.wall}


NOT_FOUND = re.compile(
    r"\b(?:not found|404|doesn.t exist|does not exist|has been (?:deleted|suspended))\b", re.IGNORECASE
)
"""In the title of a page that is answered with 200."""


def _profile(heard: Heard) -> dict[str, Any]:
    facts: dict[str, Any] = {"links_back": _names(heard)}
    found = recognise(heard.url)
    if found and found.sort == "profile" and found.handle:
        facts["handle"] = found.handle.lower()
    page = _page(heard)
    if page is not None and page.title and NOT_FOUND.search(page.title):
        facts["not_found"] = True
    return facts


def _names(heard: Heard) -> bool:
    """Whether the answer names the audited site, as a link or in words, once or twice escaped."""
    hosts = "|".join(re.escape(host.removeprefix("www.")) for host in heard.hosts)
    if not hosts:
        return False
    named = re.compile(rf"(?<![\w-])(?:{hosts})(?![\w-]|\.[a-z])", re.IGNORECASE)
    text = heard.body.decode("utf-8", "replace")
    return any(named.search(one) for one in (text, unquote(text), unquote(text.replace("\\u002F", "/"))))


READERS: Mapping[str, Callable[[Heard], dict[str, Any]]] = {
    "variants": _variant, "bots": _bot, "profiles": _profile,
}  # fmt: skip
