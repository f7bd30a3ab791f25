"""What class and rel names mean in microformats: today's (``h-entry``, ``p-name``) and the classic ones (``hentry``).

The rules for classic names are those of https://microformats.org/wiki/microformats2-parsing and of the
``backcompat-rules`` of mf2py, which the tests compare with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from attrs import frozen

from smocrawl.extract import limits
from smocrawl.extract.words import words

NAME = re.compile(r"(h|p|u|dt|e)-((?:[a-z0-9]+-)?[a-z]+(?:-[a-z]+)*)")
BEGINNINGS = ("h-", "p-", "u-", "dt-", "e-")
LOOK_ALIKES = words("h-auto h-dvh h-fit h-full h-lvh h-max h-min h-px h-screen h-svh")
"""Classes of Tailwind and Bootstrap that set a height."""
PREFIXES = ("p", "u", "dt", "e")
"""In the order in which the values of one element are listed."""
Rules = tuple[str, ...]
"""The classic roots whose names are in force; sorted."""
THINGS = words("vcard vevent hproduct")
"""What a classic review may be of."""


@frozen
class Classic:
    """A classic root: the type it stands for, and what the names inside it stand for."""

    type: str
    classes: Mapping[str, str]
    """Class name -> what it adds, separated by blanks."""
    rels: Mapping[str, str] = {}
    """The same for ``rel``, where several may be needed; ``tag`` is read from the address instead."""
    item: str = ""
    """What the class ``item`` adds on an element that is a thing by itself."""


def named(prefix: str, names: str) -> dict[str, str]:
    """Names that keep their name under a prefix."""
    return {name: f"{prefix}-{name}" for name in names.split()}


ADDRESS = "extended-address street-address locality region postal-code country-name"
CLASSIC = {
    "adr": Classic("h-adr", named("p", ADDRESS + " post-office-box")),
    "geo": Classic("h-geo", named("p", "latitude longitude")),
    "hentry": Classic(
        "h-entry",
        named("dt", "published updated") | named("p", "category") | {
            "entry-title": "p-name", "entry-content": "e-content", "entry-summary": "p-summary",
            "author": "p-author h-card", "geo": "p-geo h-geo",
        },
        {"bookmark": "u-url", "tag": "p-category"},
    ),
    "hfeed": Classic(
        "h-feed",
        {"category": "p-category", "site-description": "p-summary", "description": "p-summary", "site-title": "p-name",
         "title": "p-name"},
        {"tag": "p-category"},
    ),
    "hproduct": Classic(
        "h-product",
        named("p", "category price description brand") | named("u", "url photo identifier") | {
            "review": "p-review h-review", "fn": "p-name",
        },
    ),
    "hrecipe": Classic(
        "h-recipe",
        named("p", "nutrition yield summary ingredient category") | named("e", "instructions") | named("u", "photo") | {
            "author": "p-author h-card", "duration": "dt-duration", "fn": "p-name",
        },
        {"tag": "p-category"},
    ),
    "hresume": Classic(
        "h-resume",
        named("p", "summary skill") | {
            "experience": "h-event p-experience", "affiliation": "p-affiliation h-card", "contact": "h-card p-contact",
            "education": "h-event p-education",
        },
    ),
    "hreview-aggregate": Classic(
        "h-review-aggregate",
        named("p", "rating description worst best count votes") | named("u", "photo url") | {
            "reviewer": "p-reviewer p-author h-card", "dtreviewed": "dt-reviewed", "summary": "p-name",
            "fn": "p-item h-item p-name",
        },
    ),
    "hreview": Classic(
        "h-review",
        named("p", "rating worst best description") | {
            "dtreviewed": "dt-reviewed", "reviewer": "p-author h-card", "url": "p-item h-item u-url",
            "photo": "p-item h-item u-photo", "fn": "p-item h-item p-name", "summary": "p-name",
        },
        {"self bookmark": "u-url", "tag": "p-category"},
        item="p-item",
    ),
    "vcard": Classic(
        "h-card",
        named("p", ADDRESS + """ tel honorific-suffix family-name category nickname label note latitude longitude
        additional-name organization-unit given-name org honorific-prefix organization-name role""")
        | named("u", "photo logo uid email key url") | {
            "adr": "p-adr h-adr", "geo": "p-geo h-geo", "bday": "dt-bday", "fn": "p-name", "title": "p-job-title",
        },
    ),
    "vevent": Classic(
        "h-event",
        named("p", "attendee description organizer category contact location") | named("u", "url") | {
            "duration": "dt-duration", "dtstart": "dt-start", "dtend": "dt-end", "summary": "p-name",
        },
    ),
}  # fmt: skip


@frozen
class Marks:
    """What the names of one element say."""

    roots: tuple[str, ...] = ()
    """The types that it opens by today's names, sorted."""
    classic: Rules = ()
    """The classic roots that it names; they count where there are no *roots*."""
    properties: tuple[tuple[str, str], ...] = ()
    """(prefix, name) of the properties that it states."""
    apart: bool = False
    """Whether it is a root by what the author wrote, so that the rules around it end here."""


NOTHING = Marks()


@lru_cache(maxsize=8_192)
def understood(name: str) -> tuple[str, str] | None:
    """(prefix, name) of one of today's class names; None for other classes."""
    match = NAME.fullmatch(name) if name.startswith(BEGINNINGS) and name not in LOOK_ALIKES else None
    return (match[1], match[2]) if match else None


def is_root(name: str) -> bool:
    return name in CLASSIC or (understood(name) or "")[0:1] == ("h",)


@lru_cache(maxsize=4_096)
def read_marks(classes: str, rel: str = "", rules: Rules = ()) -> Marks:
    """The meaning of a class attribute and, for links under classic *rules*, of a rel attribute."""
    written = classes[: limits.VALUE].split()
    classic = tuple(sorted({one for one in written if one in CLASSIC}))
    own = [(one, said) for one in dict.fromkeys(written) if (said := understood(one))]
    apart = bool(classic) or any(prefix == "h" for _, (prefix, _) in own)
    if rules:
        own = [(one, said) for one, said in own if said[0] == "h"]
        names = added(written, rel[: limits.VALUE].split(), rules)
        if classic:
            # class="author vcard" is a card by its own names, as the tests of the specification have it.
            names = [one for one in names if not one.startswith("h-")]
        own += [(one, said) for one in dict.fromkeys(names) if (said := understood(one))]
    elif not own and not classic:
        return NOTHING
    return Marks(
        roots=tuple(sorted({one for one, said in own if said[0] == "h"})),
        classic=classic,
        properties=tuple(said for prefix in PREFIXES for _, said in own if said[0] == prefix),
        apart=apart,
    )


def added(classes: Sequence[str], rels: Sequence[str], rules: Rules) -> list[str]:
    """Today's names for the classic ones of an element."""
    names: list[str] = []
    for root in rules:
        classic = CLASSIC[root]
        for one in classes:
            names += classic.classes.get(one, "").split()
        if classic.item and "item" in classes and not THINGS.isdisjoint(classes):
            names.append(classic.item)
        for needed, meaning in classic.rels.items() if rels else ():
            if needed != "tag" and all(one in rels for one in needed.split()):
                names.append(meaning)
    return names


def tags_count(rules: Rules) -> bool:
    """Whether ``rel=tag`` names a category."""
    return any("tag" in CLASSIC[root].rels for root in rules)
