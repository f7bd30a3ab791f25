"""The picture that a page offers for sharing: its address, and its size as far as it is known."""

from __future__ import annotations

import re

from smocrawl.checks import thresholds
from smocrawl.checks.addresses import absolute
from smocrawl.checks.applies import NOWHERE, shareable
from smocrawl.checks.base import Context, Reason, Said, unmeasured
from smocrawl.checks.remembering import once_per_page
from smocrawl.page import Meta, Page
from smocrawl.platforms.base import ImageFacts

IMAGE_TAGS = ("og:image", "og:image:url", "og:image:secure_url")
REFUSED = re.compile(
    r"robots|refused: |^proxy|budget|not asked|switched off|too many|stopped|cut\b|limit", re.IGNORECASE
)
"""Errors that are our own restraint or our own way out, not the picture's fault."""


@once_per_page
def offered(page: Page) -> Meta | None:
    """The tag of the first share image."""
    return next((meta for meta in page.metas_of(*IMAGE_TAGS) if meta.value), None)


@once_per_page
def share_image(page: Page) -> str | None:
    """The absolute address of the first og:image; None where there is none."""
    tag = offered(page)
    return absolute(page.base or page.url, tag.content or "") if tag else None


def has_share_image(page: Page, context: Context = NOWHERE) -> bool:
    return shareable(page) and offered(page) is not None


def facts_of(page: Page, context: Context) -> ImageFacts | None:
    """How the share image was answered; None = not asked."""
    address = share_image(page)
    return context.images.get(address) if address else None


def not_measured(facts: ImageFacts | None) -> Said:
    """Why nothing can be said about a picture that was not read."""
    return unmeasured(Reason.OFF if facts is None else Reason.UNREACHABLE)


def pixels(text: str | None) -> int | None:
    """A declared measure: a plain number, with or without ``px``."""
    found = re.fullmatch(r"(\d{1,6})(?:px)?", (text or "").strip())
    return int(found[1]) if found else None


def declared_size(page: Page) -> tuple[int, int] | None:
    width, height = pixels(page.meta("og:image:width")), pixels(page.meta("og:image:height"))
    # A pixel or two are what plugins write for a picture whose size they do not know.
    return (width, height) if width and height and min(width, height) > thresholds.PIXEL_SIZE else None


def measured_size(facts: ImageFacts | None) -> tuple[int, int] | None:
    if facts is None or not facts.is_fine or not facts.width or not facts.height:
        return None
    return facts.width, facts.height


def measured_or_declared(page: Page, context: Context) -> tuple[int, int] | None:
    """Real pixels where the picture was read, those that the page declares otherwise."""
    return measured_size(facts_of(page, context)) or declared_size(page)
