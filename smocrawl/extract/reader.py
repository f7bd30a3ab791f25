"""From one response to the facts about it: calls each reader once and puts the pieces together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smocrawl.extract import body as body_facts
from smocrawl.extract import head, limits
from smocrawl.extract.decode import decode
from smocrawl.extract.document import Document, folded
from smocrawl.extract.json_ld import read_json_ld
from smocrawl.extract.structured import read_structured
from smocrawl.extract.survey import survey
from smocrawl.extract.text import read_text
from smocrawl.page import Hop, Page, Trouble

HTML_TYPES = ("text/html", "application/xhtml+xml", "")


def read_page(
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    requested_url: str = "",
    hops: Sequence[Hop] = (),
    latency: float | None = None,
    truncated: bool = False,
    encoding: str | None = None,
) -> Page:
    """Every fact about one response, without the network; broken input gives what could be read and a Trouble."""
    kept = keep_headers(headers or {})
    decoded = decode(body, kept.get("content-type", ""), encoding)
    document = Document(url=url, body=body, decoded=decoded, headers=kept)
    if decoded.unknown:
        document.complain("charset", "declaration", f"No browser knows the charset {decoded.unknown[:60]!r}.")
    if decoded.damaged:
        document.complain("charset", "body", f"Some bytes are no {decoded.charset}.")
    if truncated:
        document.complain("truncated", "body", f"Cut after {len(body)} bytes.")
    root = document.root
    found = survey(root)
    metas = head.read_metas(document)
    titles, title_offset = head.read_titles(document)
    relations = head.read_relations(document)
    links = body_facts.read_links(document, found)
    blocks = read_json_ld(document)
    structured = read_structured(document, blocks)
    headings = body_facts.read_headings(found)
    return Page(
        url=url,
        requested_url=requested_url or url,
        status=status,
        headers=kept,
        hops=tuple(hops),
        charset=decoded.charset,
        charset_source=decoded.source,
        size=len(body),
        truncated=truncated,
        latency=latency,
        is_html=is_html(kept.get("content-type"), body),
        lang=root.get("lang")
        if root.get("lang") is not None
        else root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        direction=root.get("dir"),
        title=titles[0] if titles else None,
        titles=titles,
        title_offset=title_offset,
        base=document.base if document.base != url else None,
        metas=metas,
        relations=relations,
        headings=headings,
        images=body_facts.read_images(document, found),
        links=links,
        json_ld=blocks,
        entities=structured.entities,
        feeds=head.read_feeds(document, relations, ((link.url, link.label) for link in links)),
        icons=head.read_icons(relations),
        text=read_text(found, headings, titles[0] if titles else None, None),
        generator=next((folded(meta.value, limits.LABEL) for meta in metas if meta.key == "generator"), None),
        meta_refresh=head.read_refresh(document, metas),
        trouble=tuple(document.trouble),
    )


def keep_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that somebody reads, by lower-case name, cut to their longest value."""
    return {
        name.lower(): value.replace("\x00", "\ufffd")[: limits.HEADERS[name.lower()]]
        for name, value in headers.items()
        if name.lower() in limits.HEADERS
    }


def is_html(content_type: str | None, body: bytes) -> bool:
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind:
        return kind in HTML_TYPES
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<!--")) or b"<html" in start or b"<title" in start


__all__ = ["Trouble", "read_page"]
