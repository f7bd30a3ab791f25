"""Discourse: reads the canonical page, merges Open Graph, Twitter tags, oEmbed and the plain description."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from urllib.parse import urlsplit

from smocrawl.page import Meta, Page
from smocrawl.platforms.addresses import has_host, joined
from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Nothing, Picked, Platform
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.oembed import endpoint
from smocrawl.platforms.places import HOST, WRITTEN_TITLE, relations
from smocrawl.platforms.reading import Names, OEmbed, Place, Reading, Sight, Value
from smocrawl.platforms.texts import decoded, moment

OPEN_GRAPH = ("og", "article", "product")
TWITTER = ("twitter",)
KINDS = {**dict.fromkeys(OPEN_GRAPH, 0), **dict.fromkeys(TWITTER, 1)}
"""Which of the two tables a tag goes into, by its prefix."""
NO_CANONICAL = ("www.instagram.com", "medium.com", "youtube.com")
"""helpers.rb, IGNORE_CANONICAL_DOMAINS."""
TITLE, TEXT, SITE = 80, 250, 80
"""Characters (allowlisted_generic_onebox.rb), counted while ``&`` is still written ``&amp;``."""
HIDDEN = re.compile(
    r"<(iframe|math|noembed|noframes|noscript|script|style|svg|xmp)\b[^<>]{0,2048}>.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
TAG = re.compile(r"</?([a-z][^\s/<>]{0,64})[^<>]{0,2048}>|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote br dd div dl dt footer h1 h2 h3 h4 h5 h6 header hgroup hr li nav ol p pre "
        "section ul",
    )
)
"""Elements in whose place a blank is left (the sanitize library's ``whitespace_elements``)."""
ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\xa0", "&nbsp;"))
EMBEDS = {"image": "thumbnail", "title": "title"}
WEAK = ("og:image", "twitter:image")
"""Places that an oEmbed thumbnail goes before."""
WORDS = frozenset({"shortcut", "icon"})
"""A link of one or both of these words and no other is an icon."""
ILLEGAL = re.compile(r"[^\w\-`.~:/?#\[\]@!$&'()*+,;=%’\"\u0300-\u036f]", re.ASCII)
FILM = re.compile(r"video[/.]")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def said(name: str, *kinds: str, with_host: bool = False) -> Place:
    """A tag under property or name: its prefix in any case, the rest to the letter; an address may need its host."""
    is_twitter = kinds == TWITTER
    tags = frozenset(f"{kind}:{rest}" for kind, rest in product(kinds or OPEN_GRAPH, _spellings(name)))

    def read(sight: Sight) -> Value | None:
        value = _tables(sight)[is_twitter].get(name)
        return None if value is None or (with_host and not has_host(decoded(value[0]))) else value

    return Place(f"{(kinds or OPEN_GRAPH)[0]}:{name.replace('image_', 'image:')}", read, (), tags)


def _spellings(name: str) -> list[str]:
    """``image:url``, ``image-url`` and ``image_url`` are one name."""
    return ["".join(letters) for letters in product(*(":-_" if letter == "_" else letter for letter in name))]


def _tables(sight: Sight) -> tuple[dict[str, Value], dict[str, Value]]:
    """The first value of each name: Open Graph and its relatives, and Twitter's."""
    key = ("discourse", sight.reading.bytes_most)
    tables: tuple[dict[str, Value], dict[str, Value]] | None = sight.found.get(key)
    if tables is None:
        tables = sight.found[key] = {}, {}
        for meta in sight.page.metas:
            if sight.sees(meta.offset):
                _enter(meta, tables)
    return tables


def _enter(meta: Meta, tables: tuple[dict[str, Value], dict[str, Value]]) -> None:
    """The property counts where it bears a prefix, otherwise the name."""
    entered = None
    for borne in (meta.prop, meta.name):
        if borne is None or ":" not in borne:
            continue
        prefix, _, rest = borne.partition(":")
        kind = KINDS.get(prefix.lower())
        if rest and kind is not None and kind != entered:
            entered = kind
            if value := _content(meta).strip():
                tables[kind].setdefault(rest.replace("-", "_").replace(":", "_"), (value, meta.offset))


def _content(meta: Meta) -> str:
    return meta.content if meta.content is not None else meta.value_attribute or ""


def _plain_description(sight: Sight) -> Value | None:
    for name in ("description", "Description"):
        found = next((one for one in sight.page.metas_by_name.get("description", ()) if one.name == name), None)
        if found is not None and found.content is not None and sight.sees(found.offset):
            return found.content, found.offset
    return None


def _favicon(sight: Sight) -> Value | None:
    found = (one for one in relations(sight) if one.rel and WORDS.issuperset(one.rel))
    return next(((one.raw_href, one.offset) for one in found), None)


def _domain(sight: Sight) -> Value | None:
    """The host of ``og:domain`` or ``twitter:domain``."""
    for place in DOMAINS:
        if (value := place.read(sight)) is not None:
            whole = value[0] if value[0].startswith(("http://", "https://")) else f"http://{value[0]}"
            return (urlsplit(whole).hostname or "").removeprefix("www."), value[1]
    return None


def _bare_host(sight: Sight) -> Value | None:
    found = HOST.read(sight)
    return None if found is None else (found[0].removeprefix("www."), None)


def _film(sight: Sight) -> Value | None:
    """An mp4 of a page that calls itself a film."""
    kind = OG_TYPE.read(sight)
    if kind is None or not FILM.match(kind[0]) or (FILM_TYPE.read(sight) or ("", None))[0] != "video/mp4":
        return None
    return next((value for place in FILMS if (value := place.read(sight)) is not None), None)


def tidy(sight: Sight, picked: Picked) -> Picked | Nothing:
    """oEmbed fills the gaps, its thumbnail goes before a plain og:image; long texts are cut at a blank."""
    if _has_no_date(picked.get("published")):
        return Nothing(platform="discourse", code="invalid", detail={"tag": "article:published_time"})
    answer = _answer(sight)
    if answer is not None:
        picked = _filled(picked, answer)
    base = sight.asked
    return picked.replaced(
        url=base,
        title=_title(picked),
        description=_cut(_text(picked, "description"), TEXT),
        site_name=_cut(_text(picked, "site_name"), SITE),
        image=_address(decoded(picked.get("image") or ""), base),
        icon=_address(picked.get("icon"), base),
        video=_address(decoded(picked.get("video") or ""), base),
    )


def _has_no_date(written: str | None) -> bool:
    """What cannot be a date at all ends the reading (``Time.parse`` raises)."""
    if not written or moment(written) is not None:
        return False
    return not any(one.isdigit() for one in written) or ISO_DAY.match(written) is not None


def _title(picked: Picked) -> str | None:
    """Titles are cut when they are read and once more when they are shown, X's only the second time."""
    text = _text(picked, "title")
    taken = picked.taken.get("title")
    if taken is None or not taken.place.startswith("twitter:"):
        text = _shortened(text, TITLE)
    return _cut(text, TITLE)


def _text(picked: Picked, name: str) -> str:
    """As the library holds it: Open Graph, the title and oEmbed without markup and escaped anew, others as written."""
    text, taken = picked.get(name) or "", picked.taken.get(name)
    if taken is not None and (taken.place.startswith("twitter:") or taken.place == PLAIN):
        return text
    text = _unmarked(decoded(text)).strip()
    for mark, written in ESCAPES:
        text = text.replace(mark, written)
    return text


def _unmarked(text: str) -> str:
    if "<" not in text:
        return text
    return TAG.sub(lambda tag: " " if (tag[1] or "").lower() in BLOCKS else "", HIDDEN.sub("", text))


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    blank = text.rfind(" ", 0, most + 1)
    return text[: blank if blank >= 0 else most] + "..."


def _cut(text: str, most: int) -> str | None:
    return decoded(_shortened(text, most)) or None


def _address(written: str | None, page: str) -> str | None:
    """Absolute, without the characters that no address may have; one that cannot be parsed needs its own host."""
    if not written or not written.strip():
        return None
    text = written.strip()
    whole = text if " " in text or not text.isascii() else joined(page, text) or text
    clean = ILLEGAL.sub("", whole.replace(" ", "%20"))
    return clean if has_host(clean) else None


def _answer(sight: Sight) -> OEmbed | None:
    url = endpoint(sight, ("application/json+oembed",), ("text/json+oembed",))
    return sight.resources.oembed(url) if url else None


def _filled(picked: Picked, answer: OEmbed) -> Picked:
    for name, attribute in EMBEDS.items():
        value: str | None = getattr(answer, attribute)
        taken = picked.taken.get(name)
        weak = taken is None or taken.place in WEAK
        if value and weak:
            picked = picked.moved(name, value, "oEmbed")
    return picked


def another(page: Page) -> str | None:
    """The canonical page is read instead where its host or path differs and its link is a whole address."""
    named = (one for one in page.relations if one.rel == ("canonical",) and one.raw_href and not one.in_header)
    canonical = next((one.raw_href.strip() for one in named), "")
    if not canonical.startswith(("http://", "https://")) or page.meta("og:ignore_canonical") == "true":
        return None
    try:
        here, there = urlsplit(page.url), urlsplit(canonical)
    except ValueError:
        return None
    if any(host in (here.hostname or "") for host in NO_CANONICAL):
        return None
    return canonical if (here.hostname, here.path) != (there.hostname, there.path) else None


PLAIN = "meta description"
OG_TYPE, FILM_TYPE = said("type"), said("video_type")
FILMS = (said("video_secure_url"), said("video_url"), said("video"))
DOMAINS = (said("domain"), said("domain", *TWITTER))
PLATFORM = Platform(
    id="discourse",
    name="Discourse",
    family=Family.PUBLISHING,
    reading=Reading(twitter=Names(("property", "name")), bytes_most=10 * 1024 * 1024, statuses=(200,), oembed=True,
                    charset=("utf-8", "cp1252"), charset_must_fit=True, uses_base=False),
    follow=another,
    title=(said("title"), WRITTEN_TITLE, said("title", *TWITTER)),
    description=(said("description"), said("description", *TWITTER), Place(PLAIN, _plain_description, ()),
                 said("summary"), said("summary", *TWITTER)),
    image=(said("image_secure_url", with_host=True), said("image_secure_url", *TWITTER),
           said("image_url", with_host=True), said("image_url", *TWITTER),
           said("image", with_host=True), said("image", *TWITTER)),
    site_name=(said("site_name"), said("site_name", *TWITTER), Place("og:domain", _domain, ()),
               Place("the address", _bare_host, ())),
    icon=(Place("link icon", _favicon, ()),),
    published=(said("published_time", "article", "og", "product"),),
    video=(Place("og:video", _film, ()),),
    needs=(("title", "description"), ("title", "image"), ("video",)),
    tidy=tidy,
    layout=always_small,
    images=ImageRules(crop=None, crop_small=None),
    bot=Bot(name="Discourse Forum Onebox", agent="Discourse Forum Onebox v…", obeys_robots=False, timeout=10),
    cache="The card is stored with the post.",
    refresh="An editor of the post can have its contents rebuilt.",
    sources=(
        "https://github.com/discourse/discourse/blob/main/lib/onebox/engine/standard_embed.rb",
        "https://github.com/discourse/discourse/blob/main/lib/onebox/engine/allowlisted_generic_onebox.rb",
        "https://github.com/discourse/discourse/blob/main/lib/onebox/open_graph.rb",
        "https://github.com/discourse/discourse/blob/main/lib/onebox/helpers.rb",
        "https://github.com/discourse/discourse/blob/main/app/assets/stylesheets/common/base/onebox.scss",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
    notes=("Titles end at the last blank before 80 characters, texts before 250, with three dots.",
           "A link to a part of the page puts that part's heading before the title."),
)  # fmt: skip
