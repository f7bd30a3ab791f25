"""Twenty changes of every kind between two crawls of the demo site, and what a comparison must say of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from attrs import evolve
from PIL import Image

from smocrawl.demo.model import Response, raw, text
from smocrawl.demo.site import DemoSite, build
from smocrawl.history.turns import Turn

ORIGIN = "https://www.larkfold.example"
TODAY = date(2026, 11, 20)

Pages = dict[str, Response]
Edit = Callable[[Pages], None]
Expected = set[tuple[str, str, Turn]]
"""(check, path, turn)"""


def nothing(pages: Pages) -> None:
    """No edit."""


@dataclass
class Seeded:
    """One change: what is edited before the first crawl, what before the second, and what follows from it."""

    name: str
    now: Edit
    expected: Expected = field(default_factory=set)
    before: Edit = nothing
    shown: bool = True
    """Cards of the pages on which something is found change with it."""
    card_of: str = ""
    """A page whose card changes without a fault."""

    @property
    def cards(self) -> set[str]:
        return {path for _, path, _ in self.expected if self.shown} | ({self.card_of} if self.card_of else set())


def swap(path: str, old: str, new: str) -> Edit:
    """A text for another in the page; one that is not there is a mistake of the list."""

    def edit(pages: Pages) -> None:
        said = pages[path].body.decode()
        changed = re.sub(old, new, said, flags=re.DOTALL)
        assert changed != said, (path, old)
        pages[path] = text(changed)

    return edit


def drop(path: str, tag: str) -> Edit:
    return swap(path, rf'<meta (?:property|name)="{tag}"[^>]*>\n?', "")


def remove(path: str) -> Edit:
    def edit(pages: Pages) -> None:
        del pages[path]

    return edit


def put(path: str, make: Callable[[Pages], Response]) -> Edit:
    def edit(pages: Pages) -> None:
        pages[path] = make(pages)

    return edit


def answers(status: int) -> Callable[[Pages], Response]:
    return lambda pages: text("<title>Down</title><h1>Down</h1>", status=status)


def another_picture(pages: Pages) -> Response:
    out = BytesIO()
    Image.linear_gradient("L").resize((1200, 630)).convert("RGB").save(out, "JPEG", quality=60)
    return raw(out.getvalue(), "image/jpeg")


J, S = "/journal/", "/shop/"
GRAIN, FOLDER, THREAD = (
    J + "paper-grain-for-a-small-book/",
    J + "what-a-bone-folder-is-for/",
    J + "linen-thread-weights/",
)
MARBLING, TORN, MARKET = J + "long-history-of-marbling/", J + "repairing-a-torn-page/", J + "a-day-at-the-market-stall/"
RECIPES, LABELS, DAMP = J + "recipe-book-for-three-generations/", J + "labels-printed-by-hand/", J + "caring-for-books-in-a-damp-house/"  # fmt: skip
PASTE, STITCHES, COPTIC = J + "paste-paper-on-a-kitchen-table/", J + "five-stitches-for-bookbinders/", J + "coptic-notebook-that-opens-flat/"  # fmt: skip
FLOWERS, READING = J + "pressing-flowers-without-stains/", J + "reading-list-for-new-bookbinders/"


def site(*edits: Edit) -> DemoSite:
    """The clean demo site with *edits*."""
    made = build(ORIGIN, today=TODAY, faults=False)
    pages = dict(made.responses)
    for edit in edits:
        edit(pages)
    return evolve(made, responses=pages)


FILM, PAPER = "/films/coptic-chain-up-close/", S + "papers/scallop-wrapping-paper/"
KNIFE, WAXED = S + "tools/hand-cut-bone-folder/", S + "tools/waxed-linen-thread/"
PICTURE = "/pictures/journal-coptic-notebook-that-opens-flat-1200x630.jpg"
SOUND, BROKEN = '"@type": "BlogPosting",', '"@type": "BlogPosting" "oops"'


def worse(check: str, path: str) -> Expected:
    return {(check, path, Turn.REGRESSED)}


def mended(check: str, path: str) -> Expected:
    return {(check, path, Turn.FIXED)}


CHANGES = (
    Seeded("the share picture is named no more", swap(GRAIN, r'<meta property="og:image[^>]*>\n', ""), worse("og-image", GRAIN)),
    Seeded("the title tag goes", drop(FOLDER, "og:title"), worse("og-title", FOLDER)),
    Seeded("the description goes", drop(THREAD, "og:description"), worse("og-description", THREAD)),
    Seeded("the card type of X goes", drop(MARBLING, "twitter:card"), worse("twitter-card", MARBLING)),
    Seeded(
        "og:url names another page", swap(TORN, r'(og:url" content=")[^"]*', rf"\1{ORIGIN}/journal/"),
        worse("og-url-canonical-match", TORN),
    ),
    Seeded("the structured data breaks", swap(MARKET, SOUND, BROKEN), worse("schema-parse", MARKET)),
    Seeded("the viewport goes", drop(RECIPES, "viewport"), worse("mobile-viewport", RECIPES), shown=False),
    Seeded(
        "a link leads nowhere", swap(LABELS, "</article>", '<p><a href="/journal/nowhere/">More</a></p></article>'),
        worse("internal-link-broken", LABELS), shown=False,
    ),
    Seeded("the picture loses its description", drop(DAMP, "og:image:alt"), worse("og-image-alt", DAMP), shown=False),
    Seeded(
        "the share picture is gone", swap(PASTE, r'(og:image" content="[^"]*)-1200x630', r"\1-gone"),
        worse("og-image-fetchable", PASTE),
    ),
    Seeded(
        "the headline promises what the page does not say", swap(STITCHES, r'(og:title" content=")[^"]*', r"\1The knot nobody talks about"),
        worse("title-honest", STITCHES),
    ),
    Seeded("another picture under the same address", put(PICTURE, another_picture)),
    Seeded(
        "a title is reworded", swap(COPTIC, r'(og:title" content=")A Coptic', r"\1The Coptic"), card_of=COPTIC,
    ),
    Seeded("a description is written", nothing, mended("og-description", FLOWERS), before=drop(FLOWERS, "og:description")),
    Seeded(
        "the structured data is mended", nothing, mended("schema-parse", READING), before=swap(READING, SOUND, BROKEN)
    ),
    Seeded("a picture is described", nothing, mended("og-image-alt", KNIFE), before=drop(KNIFE, "og:image:alt"), shown=False),
    Seeded("a page gets its card type of X", nothing, mended("twitter-card", WAXED), before=drop(WAXED, "twitter:card")),
    Seeded("a page does not answer this once", put("/imprint/", answers(503))),
    Seeded("a page is taken out", remove(FILM), worse("status-ok", FILM), shown=False),
    Seeded("a page is published", nothing, mended("status-ok", PAPER), before=remove(PAPER), shown=False),
    Seeded(
        "a page is closed to search", swap("/contact/", r'<meta name="robots"[^>]*>', '<meta name="robots" content="noindex">'),
        card_of="/contact/",
    ),
)  # fmt: skip
"""Links to the page that is taken out break besides, and those to the one that is published are mended."""
