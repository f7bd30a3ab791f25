"""The page itself: every fact about one response, with its look-ups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from smocrawl.page.kinds import Kind
from smocrawl.page.markup import Embed, Heading, Icon, Image, Link, Meta, Relation
from smocrawl.page.reading import Hop, Leads, Text, Trouble
from smocrawl.page.sharing import Feed, Recognised, Sharing, Vendor
from smocrawl.page.structured import MAIN_TYPES, NOT_MAIN, Dated, Declared, Entity, JsonLdBlock


@frozen(kw_only=True)
class Page:
    """Every fact about one response.  Look-ups only: nothing here judges."""

    url: str
    """Final URL, after redirects."""
    requested_url: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(factory=dict)
    """Lower-case names; only those that a check or preview reads are kept."""
    hops: tuple[Hop, ...] = ()
    charset: str = "utf-8"
    charset_source: str = "default"
    """bom, header, meta, xml, guess or default."""
    size: int = 0
    """Bytes of the body after content decoding."""
    truncated: bool = False
    latency: float | None = None
    """Seconds from the request to the last byte; None where it was not fetched by us."""
    is_html: bool = True
    certificate: str | None = None
    """Why the certificate of the page's host is refused; None = it was accepted, or there was none to show."""

    lang: str | None = None
    """``<html lang>`` as written."""
    direction: str | None = None
    title: str | None = None
    """Text of the first ``<title>`` of head, folded; None = no such element."""
    titles: tuple[str, ...] = ()
    title_offset: int | None = None
    base: str | None = None
    metas: tuple[Meta, ...] = ()
    relations: tuple[Relation, ...] = ()
    headings: tuple[Heading, ...] = ()
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    json_ld: tuple[JsonLdBlock, ...] = ()
    entities: tuple[Entity, ...] = ()
    feeds: tuple[Feed, ...] = ()
    icons: tuple[Icon, ...] = ()
    embeds: tuple[Embed, ...] = ()
    dates: tuple[Dated, ...] = ()
    social: tuple[Recognised, ...] = ()
    same_as: tuple[Recognised, ...] = ()
    """What the addresses under sameAs of any entity mean; ``label`` holds the entity's first type."""
    vendors: tuple[Vendor, ...] = ()
    text: Text = field(factory=Text)
    sharing: Sharing = field(factory=Sharing)
    leads: Leads = field(factory=Leads)
    kind: Kind = Kind.OTHER
    kind_evidence: str = ""
    """One phrase: what decided the kind."""
    template: str = ""
    """Template signature: hash of kind, generator and the DOM outline of header, main and footer."""
    generator: str | None = None
    meta_refresh: str | None = None
    """Target of a meta refresh within 5 seconds."""
    declared: Mapping[str, tuple[Declared, ...]] = field(factory=dict)
    """title, description, image, url, author, publisher, site_name, language, published, modified:
    every value that the page states, in document order."""
    trouble: tuple[Trouble, ...] = ()

    # -- look-ups ---------------------------------------------------------------------------

    @cached_property
    def metas_by_name(self) -> Mapping[str, tuple[Meta, ...]]:
        """Metas by each of the names they bear (property, name, itemprop, http-equiv), trimmed and lower case."""
        found: dict[str, list[Meta]] = {}
        for meta in self.metas:
            borne = (meta.prop, meta.name, meta.itemprop, meta.http_equiv)
            for name in {said.strip().lower() for said in borne if said}:
                found.setdefault(name, []).append(meta)
        return {name: tuple(metas) for name, metas in found.items()}

    @cached_property
    def metas_by_key(self) -> Mapping[str, tuple[Meta, ...]]:
        """Metas by their one lower-case key."""
        found: dict[str, tuple[Meta, ...]] = {}
        for meta in self.metas:
            key = meta.key
            found[key] = (*found.get(key, ()), meta)
        return found

    @cached_property
    def values_by_key(self) -> Mapping[str, str]:
        """The first non-empty value of each key."""
        found: dict[str, str] = {}
        for key, metas in self.metas_by_key.items():
            if value := next((value for meta in metas if (value := meta.value)), ""):
                found[key] = value
        return found

    def metas_of(self, *keys: str) -> Iterator[Meta]:
        """Metas whose lower-case key, under whichever attribute, is one of *keys*."""
        known = [key for key in keys if key in self.metas_by_key]
        if len(known) < 2:
            return iter(self.metas_by_key[known[0]] if known else ())
        return (meta for meta in self.metas if meta.key in known)

    def meta(self, *keys: str) -> str | None:
        """The first non-empty value of the first of *keys* that has one."""
        return next((self.values_by_key[key] for key in keys if key in self.values_by_key), None)

    def has_meta(self, prefix: str) -> bool:
        return any(key.startswith(prefix) for key in self.metas_by_key)

    def related(self, rel: str) -> tuple[Relation, ...]:
        """Link relations (head, body or Link header) that carry the token *rel*."""
        return tuple(relation for relation in self.relations if rel in relation.rel)

    def header(self, name: str) -> str | None:
        return self.headers.get(name.lower())

    @cached_property
    def canonical(self) -> str | None:
        """The first canonical URL, head before Link header; None = none."""
        found = self.related("canonical")
        ordered = sorted(found, key=lambda relation: relation.in_header)
        return next((relation.href for relation in ordered if relation.href), None)

    @cached_property
    def robots(self) -> frozenset[str]:
        """Directives of meta robots and X-Robots-Tag for all agents, lower case (``noindex``, ``max-image-preview:large``)."""
        said: list[str] = [meta.value for meta in self.metas_of("robots")]
        if header := self.header("x-robots-tag"):
            said.append(header)
        tokens = (token.strip().lower().replace(" ", "") for text in said for token in text.split(","))
        return frozenset(token for token in tokens if token)

    @property
    def is_indexable(self) -> bool:
        return self.status == 200 and self.is_html and not self.robots & {"noindex", "none"}

    @cached_property
    def h1(self) -> str | None:
        return next((heading.text for heading in self.headings if heading.level == 1 and heading.text), None)

    @cached_property
    def main_entity(self) -> Entity | None:
        """The entity that says what the page is about: of the kind's own types first, then any top-level one."""
        wanted = MAIN_TYPES.get(self.kind, ())
        top = sorted(self.entities, key=lambda entity: (entity.depth, entity.order))
        for entity in top:
            if wanted and entity.is_a(*wanted) and entity.parent not in NOT_MAIN:
                return entity
        return None

    def entities_of(self, *types: str) -> tuple[Entity, ...]:
        return tuple(entity for entity in self.entities if entity.is_a(*types))

    def has_entity(self, *types: str) -> bool:
        return any(entity.is_a(*types) for entity in self.entities)
