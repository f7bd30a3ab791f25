"""From one response to the facts about it: calls each reader once and puts the pieces together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from smocrawl import garbage
from smocrawl.extract import limits
from smocrawl.extract.body import elements as body_facts
from smocrawl.extract.body.survey import survey
from smocrawl.extract.body.template import signature
from smocrawl.extract.body.text import read_text
from smocrawl.extract.dates.reader import read_dates
from smocrawl.extract.decode import Decoded, decode
from smocrawl.extract.document import Document, folded
from smocrawl.extract.head import metas
from smocrawl.extract.head.declared import read_declared
from smocrawl.extract.head.leads import read_leads
from smocrawl.extract.head.open_graph import read_strict
from smocrawl.extract.kinds.decide import Clues, read_kind
from smocrawl.extract.social.clicked import read_clicked
from smocrawl.extract.social.meaning import read_social
from smocrawl.extract.social.same_as import read_same_as
from smocrawl.extract.social.sharing import read_sharing
from smocrawl.extract.social.vendors import read_embeds, read_vendors
from smocrawl.extract.structured.gathered import read_structured
from smocrawl.extract.structured.json_ld import read_json_ld
from smocrawl.page import Hop, Page, Recognised

HTML_TYPES = ("text/html", "application/xhtml+xml")
OTHER_FILES = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"{",
    b"[",
    b"<?xml",
    b"<rss",
)
"""First bytes of what servers send without a type, by the WHATWG table of signatures."""


@garbage.put_off
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
    complain_of(document, decoded, truncated=truncated)
    reading = Reading(document, status)
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
        **reading.facts(),
        trouble=tuple(dict.fromkeys(document.trouble)),
    )


class Reading:
    """The pieces of one page, each read when another first needs it."""

    def __init__(self, document: Document, status: int) -> None:
        self.document = document
        self.status = status
        self.survey = survey(document)
        if self.survey.cut:
            document.complain("limit", "body", f"More than {limits.ELEMENTS} elements; the rest was not read.")
        self.metas = metas.read_metas(document)
        self.titles, self.title_offset = metas.read_titles(document)
        self.relations = metas.read_relations(document)
        self.links = body_facts.read_links(document, self.survey)
        self.headings = body_facts.read_headings(self.survey)
        self.json_ld = read_json_ld(document)
        self.structured = read_structured(document, self.survey, self.json_ld)
        self.dates = read_dates(document, self.survey, self.metas, self.structured)
        self.sharing = read_sharing(document, self.survey, links=self.links, title=self.title or "")
        self.vendors = read_vendors(document)
        self.embeds = read_embeds(document, self.survey)

    @property
    def title(self) -> str | None:
        return self.titles[0] if self.titles else None

    @property
    def social(self) -> tuple[Recognised, ...]:
        linked = read_social(self.links)
        return (*linked, *read_clicked(self.document, self.survey, linked))

    @property
    def headline(self) -> str | None:
        """The first h1 of the main text; a logo above it is none, unless it is the only one."""
        found = [heading for heading in self.headings if heading.level == 1 and heading.text]
        return next((heading.text for heading in found if heading.in_main), found[0].text if found else None)

    @cached_property
    def generator(self) -> str | None:
        return next((folded(meta.value, limits.LABEL) for meta in self.metas if meta.key == "generator"), None)

    @cached_property
    def clues(self) -> Clues:
        described = next((meta.value for meta in self.metas if meta.key in ("og:description", "description")), None)
        body = self.document.root.find("body")
        return Clues(
            url=self.document.url,
            status=self.status,
            title=self.title or "",
            metas=self.metas,
            relations=self.relations,
            headings=self.headings,
            links=self.links,
            entities=[one for one in self.structured.entities if one.order not in self.structured.beside],
            dates=self.dates,
            text=read_text(self.survey, self.headings, self.title, described),
            sharing=self.sharing,
            survey=self.survey,
            embeds=self.embeds,
            lang=(self.document.lang or "").lower(),
            body_class=(body.get("class") or "") if body is not None else "",
            generator=self.generator or "",
        )

    def facts(self) -> dict[str, Any]:
        """The fields of :class:`Page` that come out of the markup."""
        document, root = self.document, self.document.root
        kind, evidence = read_kind(self.clues)
        return {
            "lang": document.lang,
            "direction": root.get("dir"),
            "title": self.title,
            "titles": self.titles,
            "title_offset": self.title_offset,
            "base": document.base if document.base != document.url else None,
            "metas": self.metas,
            "strict_open_graph": read_strict(document),
            "relations": self.relations,
            "headings": self.headings,
            "images": body_facts.read_images(document, self.survey),
            "links": self.links,
            "json_ld": self.json_ld,
            "entities": self.structured.entities,
            "feeds": metas.read_feeds(document, self.relations, [(link.url, link.label) for link in self.links]),
            "icons": metas.read_icons(self.relations),
            "embeds": self.embeds,
            "dates": self.dates,
            "social": self.social,
            "same_as": read_same_as(self.structured.entities),
            "vendors": self.vendors,
            "text": self.clues.text,
            "sharing": self.sharing,
            "leads": read_leads(document),
            "kind": kind,
            "kind_evidence": evidence,
            "template": signature(kind, self.generator, self.survey),
            "generator": self.generator,
            "meta_refresh": metas.read_refresh(document, self.metas) or metas.read_moved(document, self.survey),
            "declared": read_declared(
                document,
                titles=self.titles,
                headline=self.headline,
                metas=self.metas,
                relations=self.relations,
                structured=self.structured,
                dates=self.dates,
                links=self.links,
                sharing=self.sharing,
                survey=self.survey,
            ),
        }


def complain_of(document: Document, decoded: Decoded, *, truncated: bool) -> None:
    """What went wrong before the markup was reached."""
    if decoded.unknown:
        document.complain("charset", "declaration", f"No browser knows the charset {decoded.unknown[:60]!r}.")
    if decoded.damaged:
        document.complain("charset", "body", f"Some bytes are no {decoded.charset}.")
    if truncated:
        document.complain("truncated", "body", f"Cut after {len(document.body)} bytes.")


def keep_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that somebody reads, by lower-case name, cut to their longest value."""
    return {
        name.lower(): value.replace("\x00", "\ufffd")[: limits.HEADERS[name.lower()]]
        for name, value in headers.items()
        if name.lower() in limits.HEADERS
    }


def is_html(content_type: str | None, body: bytes) -> bool:
    """By the declared type; where there is none, whatever does not begin like a file of another kind."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind:
        return kind in HTML_TYPES
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    return not start.startswith(OTHER_FILES) or b"<html" in start.lower()
