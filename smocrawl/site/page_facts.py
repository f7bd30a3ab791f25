"""What single pages say that the checks of the site ask for: one Page to rows of the temporary tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from smocrawl.checks.addresses import absolute
from smocrawl.extract.head.metas import FEED_TYPES
from smocrawl.extract.social.meaning import recognise
from smocrawl.page import Entity, Kind, Link, Page, Relation
from smocrawl.site.spelling import bare

Row = tuple[object, ...]

PODCASTS = frozenset({"spotify", "applepodcasts", "spreaker", "anchor", "soundcloud"})
CHANNELS = frozenset({"whatsapp", "telegram"})
VIDEO_HOSTS = frozenset({"youtube", "vimeo", "tiktok", "dailymotion", "twitch", "peertube", "bilibili", "rutube"})
COMMUNITIES = frozenset({"discord", "slack", "reddit", "telegram", "matrix", "gitter"})

ORGANIZATIONS = re.compile(
    r"(\w*Organization|(?:Research)?Project|Corporation|\w*Business|\w*Store|\w*Agency|Restaurant|Hotel|NGO|School"
    r"|CollegeOrUniversity|MusicGroup|SportsTeam|Library|Museum|Bakery|CafeOrCoffeeShop|BarOrPub|Brewery|Winery|Dentist"
    r"|Physician|Attorney)"
)
"""schema.org's Organization and the subtypes by their names (release 29)."""

NO_LOCAL = re.compile(
    r"\w*Organization|(?:Research)?Project|Corporation|NGO|OnlineBusiness|OnlineStore|MusicGroup|SportsTeam|School"
    r"|CollegeOrUniversity"
)
"""Those of them that are no LocalBusiness."""

TOPICS: Mapping[str, re.Pattern[str]] = {
    "about": re.compile(
        r"\b(about|o-projekte|o projekte|o-mne|o mne|o-projektu|o projektu|o-firmie|o firmie|o-spolo[cč]nosti|who-we-are"
        r"|our-story|ueber-?uns|über uns|uber-uns|wir über uns|unternehmen|a-propos|à propos|apropos|qui-sommes"
        r"|qui sommes|qui[eé]nes[- ]somos|con[oó]cenos|acerca|nosotros|chi-siamo|chi siamo|over-ons|over ons"
        r"|sobre|quem[- ]somos|conhe[cç]a-nos|o-nas|o nas|om-oss|om oss|om-os|tietoa|hakk[ıi]m[ıi]zda|о нас|о компании"
        r"|о проекте|tentang(?:[- ]kami)?|profil(?:[- ](?:desa|kami|perusahaan|sekolah))|o-konferencji|o konferencji|o-projekcie|o projekcie|o-konferenci|o konferenci|o-festivalu|o festivalu"
        r"|(?:our-|meet-the-)?team|organi[sz]ers|organizatorzy|organiz[aá]to[rř]i|organisatoren|veranstalter)\b|关于|關於|會社|会社概要|概要|私たちについて|運営者|회사 ?소개"
    ),
    "contact": re.compile(
        r"\b(contact\w*|kontakt?\w*|contacto|contatti|contato|yhteystiedot|get-in-touch|get in touch|ileti[sş]im"
        r"|контакты|fale[- ]conosco|entre em contato|cont[aá]ctanos)\b|联系|聯絡|お問い合わせ|문의"
    ),
    "legal": re.compile(
        r"\b(imprint|impressum|privacy|datenschutz\w*|legal|terms|agb|mentions-legales|mentions légales|confidentialit\w+"
        r"|aviso-legal|aviso legal|privacidad\w*|privacidade|privacybeleid|colofon|tietosuoja\w*|integritet\w*|trademarks?"
        r"|t[eé]rminos|termos|voorwaarden|gizlilik"
        r"|ochran[ay][- ]s[uú]krom\w*|ochran[ay][- ](?:osobn[ií]ch|osobn[yý]ch)[- ][uú]daj\w*|podmienky"
        r"|podm[ií]nky|prywatno[sś]\w*|regulamin|adatv[eé]delm\w*|privatliv\w*|personvern\w*"
        r"|privatnost\w*|zasebnost\w*|конфиденциальност\w*)\b|隐私|隱私|プライバシー|개인정보"
    ),
    "community": re.compile(r"\b(community|forums?|discussions?|mailing-?lists?|mailing lists?|user-?group|gemeinschaft)\b"),
    "contributors": re.compile(
        r"\b(contributors?|contributing|guest|partners?|testimonials?|team|authors?|autoren|committers|people|danke|thanks"
        r"|credits|mitwirkende|contributeurs|colaboradores)\b"
    ),
}  # fmt: skip
"""Words of a link's text or path that tell where it leads, in the larger European languages, Chinese and Japanese."""

MISSPELT = re.compile(r"(?:[a-z]+/)?(?:x[-.])?(?:xml[+-])?(?:rss|atom|rdf)(?:[+ -]?\d?[+ -]?xml)?")
FEED_NAMED = re.compile(r"\b(?:rss|atom|feeds?)\b")
"""In lower case."""

LETTERS = re.compile(r"newsletter|mailing[- ]?list|rundbrief|nieuwsbrief|infolettre")
"""In lower case."""
CALENDAR = re.compile(r"^webcal:|\.ics$", re.IGNORECASE)

OF_THE_SITE = ("WebSite", "PodcastSeries", "Blog", "Brand")
FOLDED = re.compile(r"[\W_]+")
SUFFIX = re.compile(
    r"\(haftungsbeschränkt\)|\b(inc|ltd|llc|gmbh|ggmbh|ug|ag|se|co|kg|limited|corp|corporation|s\.?a|s\.?r\.?l|b\.?v|ab|oy|e\.?v|com|org|net|de)\b\.?"
)


def rows_of_page(url: int, page: Page, *, is_home: bool) -> Iterator[tuple[str, Row]]:
    """(table, row) for everything that *page* adds."""
    for read in EVERY_PAGE:
        yield from read(url, page)
    if is_home:
        for read in HOME_PAGE:
            yield from read(url, page)


def _said(url: int, page: Page) -> Iterator[tuple[str, Row]]:
    shares = {one.platform for one in page.social if one.sort == "share"}
    twitter_site = page.meta("twitter:site")
    yield (
        "said",
        (
            url,
            (page.lang or "").strip().lower(),
            max(page.text.copyright_years, default=None),
            " ".join(sorted(shares)),
            _x_handle(twitter_site) if twitter_site else None,
            page.meta("og:description", "description") is not None,
            bool(page.related("webmention")) or any("webmention" in link.rel for link in page.links),
            page.header("x-pingback") is not None or bool(page.related("pingback")),
            sum(1 for entity in page.entities_of("ImageObject") if entity.text("creditText") or entity.text("creator")),
            page.sharing.comment_count,
            bare(absolute(page.base or page.url, og_url)) if (og_url := page.meta("og:url")) else None,
            page.meta_refresh is not None,
            page.sharing.app_shell,
        ),
    )


@lru_cache(maxsize=1_000)
def _x_handle(stated: str) -> str | None:
    """In lower case, where it can be one; most pages of a site name the same."""
    found = recognise(f"https://x.com/{stated.lstrip('@')}")
    return found.handle.lower() if found and found.handle and found.sort == "profile" else None


def _authors(url: int, page: Page) -> Iterator[tuple[str, Row]]:
    if page.kind is not Kind.ARTICLE:
        return
    entity = page.main_entity
    named = [
        (one.text("name"), one.url("url"))
        for one in (entity.entities("author") if entity else ())
        if one.is_a("Person")
    ]
    if not named and page.sharing.byline:
        named = [(page.sharing.byline, None)]
    for name, address in named:
        if name:
            yield "author", (url, name, address or page.sharing.byline_url)


def _same_as(url: int, page: Page) -> Iterator[tuple[str, Row]]:
    at_home = page.kind is Kind.HOME
    owners = [one for one in page.entities if is_organization(one) or (at_home and one.is_a(*OF_THE_SITE))]
    if at_home and not any(one.values("sameAs") for one in owners):
        # Of a person's own site; elsewhere people on the home page have accounts of their own.
        owners = [one for one in page.entities if one.is_a("Person")]
    for entity in owners:
        for address in (value for value in entity.values("sameAs") if isinstance(value, str)):
            found = recognise(address)
            if found and found.sort == "profile" and found.handle:
                yield "same_as", (url, found.platform, found.handle.lower(), found.url)


def _outside_hosts(url: int, page: Page) -> Iterator[tuple[str, Row]]:
    """Other hosts that the home page links to."""
    own = host_of(page.url)
    for host in sorted({host_of(link.url) for link in page.links if link.url.startswith("http")} - {own}):
        yield "outside_host", (url, host)


def _embeds(url: int, page: Page) -> Iterator[tuple[str, Row]]:
    for platform in {one.platform for one in page.embeds if one.platform in VIDEO_HOSTS}:
        yield "embed", (url, platform)


def _pdfs(url: int, page: Page) -> Iterator[tuple[str, Row]]:
    # Sought in all of them at once: few pages lead to any.
    if ".pdf" not in "\n".join([link.url for link in page.links]).lower():
        return
    own = host_of(page.url)
    for link in page.links:
        if ".pdf" in link.url.lower() and urlsplit(link.url).path.lower().endswith(".pdf") and host_of(link.url) == own:
            yield "pdf_link", (url, link.url, page.text.words)


def _feeds(url: int, page: Page) -> Iterator[tuple[str, Row]]:
    for feed in page.feeds:
        if feed.declared:
            yield "declared_feed", (url, feed.url, feed.is_comments)
    for relation in page.relations:
        if "alternate" in relation.rel and relation.href and _is_misspelt_feed(relation):
            yield "misspelt_feed", (url, relation.type, relation.href)


def _is_misspelt_feed(relation: Relation) -> bool:
    """Whether the type means a feed but is none of those that readers look for; XML may be anything, so its name must tell."""
    if relation.type in FEED_TYPES or not relation.type:
        return False
    if relation.type in ("text/xml", "application/xml"):
        return FEED_NAMED.search(f"{relation.title or ''} {relation.href}".lower()) is not None
    return MISSPELT.fullmatch(relation.type) is not None


def _ways(url: int, page: Page) -> Iterator[tuple[str, Row]]:
    if any(feed.linked or not feed.declared for feed in page.feeds):
        yield "way", (url, "feed")
    text = "\n".join([f"{link.text} {link.url}" for link in page.links]).lower()
    if page.sharing.newsletter_form or LETTERS.search(text):
        yield "way", (url, "newsletter")
    profiles = {one.platform for one in page.social if one.sort == "profile"}
    if profiles & CHANNELS:
        yield "way", (url, "channel")
    if profiles & PODCASTS:
        yield "way", (url, "podcast")
    # Sought in all of them at once: few pages have any.
    if (" webcal:" in text or ".ics" in text) and any(CALENDAR.search(link.url) for link in page.links):
        yield "way", (url, "calendar")


def _topics(_url: int, page: Page) -> Iterator[tuple[str, Row]]:
    seen = set()
    for link in page.links:
        for topic in _topics_of(link):
            if (topic, link.url) not in seen:
                seen.add((topic, link.url))
                yield "topic", (topic, link.url, link.text or link.label)
    for one in page.social:
        if one.sort == "contact":
            yield "topic", ("contact", one.url, one.label)
        if one.platform in COMMUNITIES or "/groups/" in one.url or "/discussions" in one.url:
            yield "topic", ("community", one.url, one.label)


def _topics_of(link: Link) -> Iterator[str]:
    text = f"{link.text or link.label} {urlsplit(link.url).path}".lower()
    return (topic for topic, pattern in TOPICS.items() if pattern.search(text))


def _organizations(_url: int, page: Page) -> Iterator[tuple[str, Row]]:
    for entity in page.entities:
        kind = next((name for name in entity.types if ORGANIZATIONS.fullmatch(name)), None)
        if kind is None and entity.is_a("Person") and entity.parent is None:
            kind = "Person"
        if kind is None:
            continue
        yield (
            "organization",
            (
                kind,
                entity.text("name"),
                entity.url("url"),
                entity.url("logo") or entity.url("image"),
                len(entity.values("sameAs")),
                bool(entity.values("address")),
                bool(entity.values("telephone")),
                bool(entity.values("openingHours") or entity.values("openingHoursSpecification")),
                bool(entity.values("geo")),
                kind != "Person" and NO_LOCAL.fullmatch(kind) is None,
            ),
        )


def _brands(_url: int, page: Page) -> Iterator[tuple[str, Row]]:
    named = {"og:site_name": page.meta("og:site_name")}
    for entity in page.entities:
        if entity.is_a("WebSite"):
            named.setdefault("WebSite", entity.text("name"))
        elif is_organization(entity) and entity.parent in (None, "publisher") and not _is_elsewhere(entity, page):
            # What a company calls itself beside its full name is no other name of the site.
            brief = entity.text("alternateName")
            known = {folded(other) for other in named.values() if other}
            named.setdefault("Organization", brief if brief and folded(brief) in known else entity.text("name"))
    for place, name in named.items():
        if name:
            yield "brand", (place, name, folded(name))


def _is_elsewhere(entity: Entity, page: Page) -> bool:
    """Whether an organisation has a site of its own: the company behind a podcast is not its name."""
    address = entity.url("url")
    return bool(address) and host_of(address or "") not in ("", host_of(page.url))


def is_organization(entity: Entity) -> bool:
    return any(ORGANIZATIONS.fullmatch(name) for name in entity.types)


def folded(name: str) -> str:
    """A brand without what a company adds for lawyers and browsers."""
    return FOLDED.sub("", SUFFIX.sub("", name.lower()))


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


Read = Callable[[int, Page], Iterator[tuple[str, Row]]]
EVERY_PAGE: tuple[Read, ...] = (_said, _authors, _same_as, _embeds, _pdfs, _feeds, _ways)
HOME_PAGE: tuple[Read, ...] = (_topics, _organizations, _brands, _outside_hosts)
