"""Matrix (Synapse): Open Graph, Twitter tags for the gaps, then headings, text and pictures of the page itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from smocrawl.page import Image
from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageRules, Picked, Platform, Taken
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.oembed import address, endpoint
from smocrawl.platforms.places import first_image, icons
from smocrawl.platforms.reading import FIELD_OF, Names, OEmbed, Place, Reading, Sight, Value

MOST_TAGS = 50
"""More tags of one kind, and all of that kind are thrown away (preview_html.py)."""
ENOUGH, MOST = 200, 500
"""Characters from which on no paragraph is added, and at which the text is cut."""
BLANKS, SPACES, BREAKS = re.compile(r"[\t \r\n]+"), re.compile(r"[\t ]+"), re.compile(r"[\t \r\n]*[\r\n]+")
JSON = (None, "application/json")
"""An answer of another type is not read (url_previewer.py)."""
TOO_LONG = Cut(most=1_000, dropped=True)


def last(attribute: str, name: str) -> Place:
    """The last tag of exactly that name with content, as it is written, unless the page has too many of the kind."""
    field = FIELD_OF[attribute]
    prefix = f"{name.partition(':')[0]}:"

    def read(sight: Sight) -> Value | None:
        for meta in reversed(sight.page.metas_by_name.get(name, ())):
            if getattr(meta, field) == name and meta.content and sight.sees(meta.offset):
                return (meta.content, meta.offset) if _few(sight, field, prefix) else None
        return None

    return Place(name, read, (), frozenset({name}))


def og(name: str) -> Place:
    return last("property", f"og:{name}")


def twitter(name: str) -> Place:
    return last("name", f"twitter:{name}")


def first(attribute: str, name: str, said: str) -> Place:
    """The first tag of that name in any case with content, as it is written."""
    field = FIELD_OF[attribute]

    def read(sight: Sight) -> Value | None:
        for meta in sight.page.metas_by_name.get(name, ()):
            if (getattr(meta, field) or "").lower() == name and meta.content and sight.sees(meta.offset):
                return meta.content, meta.offset
        return None

    return Place(said, read, (), frozenset({name}))


def _few(sight: Sight, attribute: str, prefix: str) -> bool:
    if len(sight.page.metas) <= MOST_TAGS:
        return True
    key = "few", attribute, prefix
    if key not in sight.found:
        sight.found[key] = _counted(sight, attribute, prefix)
    is_few: bool = sight.found[key]
    return is_few


def _counted(sight: Sight, attribute: str, prefix: str) -> bool:
    seen: set[str] = set()
    for one in sight.page.metas:
        name = getattr(one, attribute) or ""
        if name.startswith(prefix) and one.content:
            if len(seen) >= MOST_TAGS:
                return False
            seen.add(name)
    return True


def _leading_text(sight: Sight) -> Value | None:
    return None if sight.page.leads.title is None else (sight.page.leads.title, None)


def _body(sight: Sight) -> Value | None:
    text = summary(sight.page.leads.texts)
    return (text, None) if text.strip("\ufffd \n") else None


def _sized(sight: Sight) -> Value | None:
    fit = [one for one in sight.page.images if one.src and (one.width or 0) > 10 and (one.height or 0) > 10]

    def area(image: Image) -> int:
        return (image.width or 0) * (image.height or 0)

    return (max(fit, key=area).src, None) if fit else None


def _icon(sight: Sight) -> Value | None:
    return next(((one.raw_href, one.offset) for one in icons(sight)), None)


def summary(paragraphs: Iterable[str]) -> str:
    """Paragraphs until there are enough characters, cut at a word where they are too many."""
    text = ""
    for paragraph in paragraphs:
        if len(text) >= ENOUGH:
            break
        text += BLANKS.sub(" ", paragraph) + "\n\n"
    text = text.strip()
    # Within a paragraph no blank follows another by now; between two there is something left to do.
    if "\n" in text:
        text = BREAKS.sub("\n\n", SPACES.sub(" ", text))
    return text if len(text) <= MOST else _cut(text)


def _cut(text: str) -> str:
    kept = ""
    for word in re.finditer(r"\s*\S+", text):
        if len(word[0]) + len(kept) < MOST:
            kept += word[0]
            continue
        if len(kept) < ENOUGH:
            kept += word[0]
        break
    return kept[:MOST].strip() + "…"


def tidy(sight: Sight, picked: Picked) -> Picked:
    """oEmbed fills what the page does not say; a description from tags is shortened, a plain one is not."""
    taken = picked.taken.get("description")
    if taken is not None and taken.place in ("og:description", "twitter:description"):
        picked = picked.replaced(description=summary([picked.values["description"]]))
    url = endpoint(sight, ("application/json+oembed",), rels=("alternate", "alternative"))
    answer = sight.resources.oembed(url) if url else None
    if answer is None or answer.media_type not in JSON or not _is_first_version(answer):
        return picked
    picture = answer.url if answer.type == "photo" and answer.url else answer.thumbnail
    offered = {"site_name": answer.provider, "image": picture and address(sight.page.url, picture)}
    for name, value in offered.items():
        if value and not picked.get(name):
            picked = picked.moved(name, value, "oEmbed")
    if not picked.get("title") and answer.author:
        picked = Picked(
            values={**picked.values, "title": answer.author}, taken={**picked.taken, "title": Taken("oEmbed")}
        )
    return picked


def _is_first_version(answer: OEmbed) -> bool:
    """1.0 as text or number, 1 as a number, or none at all."""
    return answer.version in (None, "1.0") or (answer.version == "1" and not answer.version_is_text)


PLATFORM = Platform(
    id="matrix",
    name="Matrix (Element)",
    family=Family.CHAT,
    reading=Reading(
        og=Names(("property",), exact=True, last=True),
        twitter=Names(("name",), exact=True, last=True),
        charset_must_fit=True,
        bytes_most=10 * 1024 * 1024,
        refuses_longer=True,
        needs_type=True,
        charset=("meta-early", "xml", "header", "utf-8", "cp1252"),
        oembed=True,
        keeps_data=True,
        uses_base=False,
    ),
    title=(og("title"), twitter("title"), Place("<title>, <h1>, <h2>, <h3>", _leading_text)),
    description=(og("description"), twitter("description"), first("name", "description", "meta description"),
                 Place("the text", _body)),
    image=(og("image"), twitter("image"), first("itemprop", "image", "itemprop image"),
           Place("largest <img>", _sized), first_image, Place("link icon", _icon)),
    site_name=(og("site_name"), twitter("site")),
    needs=(("title",), ("description",), ("image",), ("site_name",)),
    tidy=tidy,
    kept={"title": TOO_LONG, "description": TOO_LONG, "site_name": TOO_LONG, "image": TOO_LONG},
    layout=always_small,
    images=ImageRules(crop_small=None),
    bot=Bot(name="Synapse", agent="Synapse (bot; +https://github.com/matrix-org/synapse)", obeys_robots=False, timeout=60),
    cache="Each server keeps a card for about an hour.",
    refresh="Wait for an hour, then send the link again.",
    sources=(
        "https://github.com/element-hq/synapse/blob/develop/synapse/media/preview_html.py",
        "https://github.com/element-hq/synapse/blob/develop/synapse/media/url_previewer.py",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
)  # fmt: skip
