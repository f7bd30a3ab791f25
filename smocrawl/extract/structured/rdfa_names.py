"""What names and addresses mean in RDFa: vocabulary, prefixes and terms in force at an element.

By section 7.4 of https://www.w3.org/TR/rdfa-core/ with the initial context of
https://www.w3.org/2011/rdfa-context/rdfa-1.1 and the prefixes of preview bots that extruct adds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urljoin, urlsplit

from attrs import evolve, field, frozen
from lxml.html import HtmlElement

from smocrawl.extract import limits

W3 = "http://www.w3.org/"
XHTML = W3 + "1999/xhtml/vocab#"
PREFIXES: Mapping[str, str] = {
    "as": "https://www.w3.org/ns/activitystreams#", "csvw": W3 + "ns/csvw#", "dcat": W3 + "ns/dcat#",
    "dqv": W3 + "ns/dqv#", "duv": "https://www.w3.org/ns/duv#", "qb": "http://purl.org/linked-data/cube#",
    "org": W3 + "ns/org#", "owl": W3 + "2002/07/owl#", "gr": "http://purl.org/goodrelations/v1#",
    "ctag": "http://commontag.org/ns#", "cc": "http://creativecommons.org/ns#", "grddl": W3 + "2003/g/data-view#",
    "jsonld": W3 + "ns/json-ld#", "ldp": W3 + "ns/ldp#", "oa": W3 + "ns/oa#", "rif": W3 + "2007/rif#",
    "sioc": "http://rdfs.org/sioc/ns#", "skos": W3 + "2004/02/skos/core#", "xml": W3 + "XML/1998/namespace",
    "rr": W3 + "ns/r2rml#", "rdfs": W3 + "2000/01/rdf-schema#", "rev": "http://purl.org/stuff/rev#",
    "rdfa": W3 + "ns/rdfa#", "dc": "http://purl.org/dc/terms/", "dcterms": "http://purl.org/dc/terms/",
    "dc11": "http://purl.org/dc/elements/1.1/", "foaf": "http://xmlns.com/foaf/0.1/", "void": "http://rdfs.org/ns/void#",
    "ical": W3 + "2002/12/cal/icaltzd#", "vcard": W3 + "2006/vcard/ns#", "wdrs": W3 + "2007/05/powder-s#",
    "wdr": W3 + "2007/05/powder#", "rdf": W3 + "1999/02/22-rdf-syntax-ns#", "xhv": XHTML, "xsd": W3 + "2001/XMLSchema#",
    "v": "http://rdf.data-vocabulary.org/#", "skosxl": W3 + "2008/05/skos-xl#", "schema": "http://schema.org/",
    "ssn": W3 + "ns/ssn/", "sosa": W3 + "ns/sosa/", "time": W3 + "2006/time#", "ma": W3 + "ns/ma-ont#",
    "sd": W3 + "ns/sparql-service-description#", "prov": W3 + "ns/prov#", "odrl": W3 + "ns/odrl/2/",
    "twitter": "https://dev.twitter.com/cards#", "fb": "http://ogp.me/ns/fb#", "og": "http://ogp.me/ns#",
    "music": "http://ogp.me/ns/music#", "video": "http://ogp.me/ns/video#", "article": "http://ogp.me/ns/article#",
    "book": "http://ogp.me/ns/book#", "profile": "http://ogp.me/ns/profile#",
}  # fmt: skip
TERMS = {"describedby": W3 + "2007/05/powder-s#describedby", "role": XHTML + "role", "license": XHTML + "license"}
"""Names that mean something without a vocabulary; written in any case."""
TERM = re.compile(r"[A-Za-z][A-Za-z0-9._/-]*")
PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
SAFE = r":/\?=#~"
"""Characters of a prefix's address that are not escaped."""


@frozen
class Names:
    """What is in force at one element."""

    base: str
    vocabulary: str | None = None
    prefixes: Mapping[str, str] = PREFIXES
    default: str = XHTML
    """What an empty prefix stands for."""
    lang: str = ""
    blanks: dict[str, str] = field(factory=dict)
    """Names of things without an address (``_:ann``), the same for the whole page."""

    def at(self, element: HtmlElement) -> Names:
        """What is in force inside *element*."""
        changed: dict[str, object] = {}
        if (vocabulary := element.get("vocab")) is not None:
            changed["vocabulary"] = self.address(vocabulary.strip()) if vocabulary.strip() else None
        if len(self.prefixes) < limits.PREFIXES and (declared := dict(prefixes_of(element))):
            changed["default"] = declared.pop("", self.default)
            changed["prefixes"] = {**self.prefixes, **declared}
        lang = element.get("{http://www.w3.org/XML/1998/namespace}lang", element.get("xml:lang", element.get("lang")))
        if lang is not None:
            changed["lang"] = lang.strip().lower()
        return evolve(self, **changed) if changed else self  # type: ignore[arg-type]  # attrs knows the types by name

    def address(self, written: str) -> str:
        """A plain address, absolute."""
        if not written:
            return self.base
        if written.startswith(("http://", "https://")):
            return written
        try:
            joined = urljoin(self.base, written)
        except ValueError:
            return written
        # Joining drops an empty fragment or query, which names of vocabularies end with.
        return joined + written[-1] if written[-1] in "#?" and joined[-1:] != written[-1] else joined

    def resource(self, written: str) -> str | None:
        """The value of ``about`` or ``resource``: a compact name, else an address."""
        written = written.strip()
        if written.startswith("["):
            return self.compact(written[1:-1]) if written.endswith("]") else None
        return self.compact(written) or self.address(written)

    def terms(self, written: str) -> list[str]:
        """The values of ``typeof``, ``property``, ``rel`` or ``rev``; what means nothing is left out."""
        return [found for one in written[: limits.VALUE].split() if (found := self.term(one))]

    def term(self, written: str) -> str | None:
        if TERM.fullmatch(written):
            return TERMS.get(written.lower()) if self.vocabulary is None else self.vocabulary + written
        return self.compact(written) or (written if has_scheme(written) else None)

    def compact(self, written: str) -> str | None:
        """What ``prefix:name`` stands for; None where no such prefix is in force."""
        prefix, colon, name = written.partition(":")
        if not colon or name.startswith("//") or not plain(name):
            return None
        if prefix == "_":
            return self.blanks.setdefault(name, f"_:n{len(self.blanks)}")
        known = self.prefixes.get(prefix.lower()) if prefix else self.default
        return known + name if known else None


def plain(name: str) -> bool:
    """Whether the part behind the colon may stand in an address."""
    path, _, fragment = name.partition("#")
    return not set("[]") & set(path.partition("?")[2]) and not set("#[]") & set(fragment)


def has_scheme(written: str) -> bool:
    try:
        return bool(urlsplit(written).scheme)
    except ValueError:
        return False


def prefixes_of(element: HtmlElement) -> Iterator[tuple[str, str]]:
    """(prefix, address) pairs that *element* declares, the one that counts last."""
    for name, value in element.items():
        if name.startswith("xmlns:") and PREFIX.fullmatch(name[6:]):
            yield name[6:].lower(), quote(value.strip(), SAFE)
    parts = (element.get("prefix") or "")[: limits.VALUE * 4].split()
    for name, value in reversed(list(zip(parts[::2], parts[1::2], strict=False))):
        if name.endswith(":") and (name[:-1] == "" or PREFIX.fullmatch(name[:-1])) and name != ":":
            yield name[:-1].lower(), quote(value, SAFE)
