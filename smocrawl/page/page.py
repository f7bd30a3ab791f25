"""The page itself: every fact about one response, with its look-ups."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from attrs import field, frozen

from smocrawl.page import counted, stated
from smocrawl.page.kinds import Kind
from smocrawl.page.markup import Embed, Heading, Icon, Image, Link, Meta, Relation
from smocrawl.page.open_graph import OpenGraph, read_open_graph
from smocrawl.page.reading import Hop, Leads, Text, Trouble
from smocrawl.page.sharing import Feed, Recognised, Sharing, Vendor
from smocrawl.page.structured import MAIN_TYPES, NOT_MAIN, Dated, Declared, Entity, JsonLdBlock


# With slots, attrs would catch every look at an attribute for the sake of the cached properties: three times as slow.
@frozen(kw_only=True, slots=False)
class Page:
    """Every fact about one response.  Look-ups only: nothing here judges."""

    url: str
    """Final URL, after redirects."""
    requested_url: str = ""
    """The URL that was asked first."""
    status: int = 200
    """HTTP status of the final answer."""
    headers: Mapping[str, str] = field(factory=dict)
    """Lower-case names; only those that a check or preview reads are kept."""
    hops: tuple[Hop, ...] = ()
    """Redirects on the way, in order."""
    charset: str = "utf-8"
    """Name of the encoding that was used (WHATWG Encoding Standard), as Python spells it."""
    charset_source: str = "default"
    """bom, header, meta, xml, guess or default."""
    size: int = 0
    """Bytes of the body after content decoding."""
    truncated: bool = False
    """Only the beginning was read: a limit was reached or the connection broke."""
    latency: float | None = None
    """Seconds from the request to the last byte; None where it was not fetched by us."""
    is_html: bool = True
    """By its media type; where none is sent, by its first bytes (WHATWG MIME Sniffing)."""
    certificate: str | None = None
    """Why the certificate of the page's host is refused; None = it was accepted, or there was none to show."""

    lang: str | None = None
    """``<html lang>`` as written."""
    direction: str | None = None
    """``<html dir>`` as written."""
    title: str | None = None
    """Text of the first ``<title>`` of head, folded; None = no such element."""
    titles: tuple[str, ...] = ()
    """Texts of the ``<title>`` elements of head, or of the first elsewhere where head has none; drawings left out."""
    title_offset: int | None = None
    """Bytes from the start of the body to the first ``<title>``."""
    base: str | None = None
    """What relative addresses are resolved against where ``<base href>`` says so; None = the page's own URL."""
    metas: tuple[Meta, ...] = ()
    """Every ``<meta>``, wherever it stands."""
    strict_open_graph: tuple[tuple[str, str], ...] = ()
    """(property, content) of the metas that a strict Open Graph reader accepts."""
    relations: tuple[Relation, ...] = ()
    """Every ``<link rel>``, and the entries of the Link header (RFC 8288)."""
    headings: tuple[Heading, ...] = ()
    """h1 to h6."""
    images: tuple[Image, ...] = ()
    """The ``<img>`` elements of the body."""
    links: tuple[Link, ...] = ()
    """Every ``<a href>`` and ``<area href>``."""
    json_ld: tuple[JsonLdBlock, ...] = ()
    """Each block by itself, so that one broken block costs only itself."""
    entities: tuple[Entity, ...] = ()
    """Every typed thing of JSON-LD, microdata, RDFa and microformats, nested ones as well."""
    feeds: tuple[Feed, ...] = ()
    """Feeds that the page declares or links to."""
    icons: tuple[Icon, ...] = ()
    """Icon links, in document order."""
    embeds: tuple[Embed, ...] = ()
    """Players, posts and widgets of other sites."""
    dates: tuple[Dated, ...] = ()
    """Every date that the page states or shows."""
    social: tuple[Recognised, ...] = ()
    """What the page's links mean to social platforms."""
    same_as: tuple[Recognised, ...] = ()
    """What the addresses under sameAs of any entity mean; ``label`` holds the entity's first type."""
    vendors: tuple[Vendor, ...] = ()
    """Share, follow and comment tools."""
    text: Text = field(factory=Text)
    """Its visible text, measured."""
    sharing: Sharing = field(factory=Sharing)
    """What the markup offers for sharing, following and answering."""
    leads: Leads = field(factory=Leads)
    """What readers with rules of their own find."""
    kind: Kind = Kind.OTHER
    """What the page is for."""
    kind_evidence: str = ""
    """One phrase: what decided the kind."""
    template: str = ""
    """Template signature: hash of kind, generator and the DOM outline of header, main and footer."""
    generator: str | None = None
    """The first ``<meta name=generator>``."""
    meta_refresh: str | None = None
    """Target of a meta refresh within 5 seconds, or of the script that is all the page holds."""
    declared: Mapping[str, tuple[Declared, ...]] = field(factory=dict)
    """title, description, image, url, author, publisher, site_name, language, published, modified:
    every value that the page states, in document order."""
    trouble: tuple[Trouble, ...] = ()
    """What could not be read as it stands, and where."""

    # -- look-ups ---------------------------------------------------------------------------

    @cached_property
    def metas_by_name(self) -> Mapping[str, tuple[Meta, ...]]:
        """Metas by each of the names they bear (property, name, itemprop, http-equiv), trimmed and lower case."""
        found: dict[str, list[Meta]] = {}
        for meta in self.metas:
            borne = [said for said in (meta.prop, meta.name, meta.itemprop, meta.http_equiv) if said]
            # Nearly all bear one name: a set for each would take longer than all the rest.
            for name in {said.strip().lower() for said in borne} if len(borne) > 1 else borne:
                found.setdefault(name.strip().lower(), []).append(meta)
        return {name: tuple(metas) for name, metas in found.items()}

    @cached_property
    def plain_metas(self) -> Mapping[str, tuple[str, str, int | None]]:
        """Attribute, content and offset of the metas that leave nothing to a reader's choice but the attribute: the only
        one of its name, which is written in lower case and its only one, in head, and not empty or blank at its ends."""
        found: dict[str, tuple[str, str, int | None]] = {}
        for name, metas in self.metas_by_name.items():
            meta, content = metas[0], metas[0].content
            if len(metas) == 1 and content and meta.in_head and content == content.strip():
                attribute = meta.sole_attribute(name)
                if attribute:
                    found[name] = attribute, content, meta.offset
        return found

    def metas_named(self, names: Collection[str]) -> Sequence[Meta]:
        """Metas that bear one of these (trimmed, lower-case) names under any attribute, in document order."""
        found = [self.metas_by_name[name] for name in names if name in self.metas_by_name]
        if len(found) < 2:
            return found[0] if found else ()
        wanted = {id(meta) for metas in found for meta in metas}
        return [meta for meta in self.metas if id(meta) in wanted]

    @cached_property
    def keyed_metas(self) -> tuple[tuple[str, Meta], ...]:
        """Every meta with its one lower-case key, in document order."""
        return tuple((meta.key, meta) for meta in self.metas)

    @cached_property
    def metas_by_key(self) -> Mapping[str, tuple[Meta, ...]]:
        """Metas by their one lower-case key."""
        found: dict[str, list[Meta]] = {}
        for key, meta in self.keyed_metas:
            found.setdefault(key, []).append(meta)
        return {key: tuple(metas) for key, metas in found.items()}

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
        return (meta for key, meta in self.keyed_metas if key in known)

    def meta(self, *keys: str) -> str | None:
        """The first non-empty value of the first of *keys* that has one."""
        values = self.values_by_key
        for key in keys:
            if key in values:
                return values[key]
        return None

    def has_meta(self, prefix: str) -> bool:
        return any(key.startswith(prefix) for key in self.metas_by_key)

    @cached_property
    def relations_by_rel(self) -> Mapping[str, tuple[Relation, ...]]:
        """Link relations by each of their tokens."""
        found: dict[str, list[Relation]] = {}
        for relation in self.relations:
            for rel in dict.fromkeys(relation.rel):
                found.setdefault(rel, []).append(relation)
        return {rel: tuple(relations) for rel, relations in found.items()}

    def related(self, rel: str) -> tuple[Relation, ...]:
        """Link relations (head, body or Link header) that carry the token *rel*."""
        return self.relations_by_rel.get(rel, ())

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

    @cached_property
    def robots_by_agent(self) -> Mapping[str, frozenset[str]]:
        """The same directives by the agent they speak to (``robots``, ``googlebot`` …)."""
        return stated.robots_by_agent(self.metas, self.header("x-robots-tag"))

    @cached_property
    def open_graph(self) -> OpenGraph:
        """The metas of ogp.me as objects: pictures, films and sounds with the properties that belong to each."""
        return read_open_graph(self.metas)

    @cached_property
    def app_links(self) -> tuple[stated.AppLink, ...]:
        """Where the page opens inside apps (``al:ios:url`` …)."""
        return stated.app_links(self.metas)

    @cached_property
    def verifications(self) -> Mapping[str, tuple[str, ...]]:
        """Tokens that prove the site's owner, by service."""
        return stated.verifications(self.metas)

    @cached_property
    def dublin_core(self) -> Mapping[str, tuple[str, ...]]:
        """Values of ``dc.*`` and ``dcterms.*``, by element."""
        return stated.dublin_core(self.metas)

    @cached_property
    def opt_outs(self) -> tuple[stated.OptOut, ...]:
        """What single platforms, or all, are asked not to do with the page."""
        return stated.opt_outs(self.metas, self.robots_by_agent)

    @cached_property
    def breadcrumbs(self) -> tuple[tuple[counted.Crumb, ...], ...]:
        """The trails of the structured data, each from the home page down."""
        return counted.breadcrumbs(self.entities)

    @cached_property
    def ratings(self) -> tuple[counted.Rating, ...]:
        """Aggregate ratings of the structured data."""
        return counted.ratings(self.entities)

    @cached_property
    def interactions(self) -> tuple[counted.Interaction, ...]:
        """Counted likes, shares, comments … of the structured data."""
        return counted.interactions(self.entities)

    @property
    def is_indexable(self) -> bool:
        """Answered with 200, and no robots directive forbids it to search engines."""
        return self.status == 200 and self.is_html and not self.robots & {"noindex", "none"}

    @cached_property
    def h1(self) -> str | None:
        """Text of the first ``<h1>`` that has any."""
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
