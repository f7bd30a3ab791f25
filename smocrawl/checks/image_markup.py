"""What the markup says about pictures: measures, description, lasting address, a large one in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, unquote

from smocrawl.checks import sources, thresholds
from smocrawl.checks.addresses import cut, split
from smocrawl.checks.applies import shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.checks.measures import width
from smocrawl.checks.pictures import declared_size, facts_of, has_share_image, measured_size, share_image
from smocrawl.checks.wording import squeezed
from smocrawl.page import Area, Image, Kind, Page


@check(
    "og-image-dimensions-declared",
    title="The share image's size is not declared, or wrongly",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="The page declares {said_width}×{said_height} pixels, but the share image has {width}×{height}.",
    warns="The page does not declare the width and height of its share image.",
    source=sources.FACEBOOK_IMAGES,
    source_name="Meta: pre-cache images, use og:image:width and og:image:height",
    grade="A",
    platforms=("facebook", "discord"),
    applies=has_share_image,
)
def og_image_dimensions_declared(page: Page, context: Context) -> Iterator[Said]:
    """Why: Facebook shows the picture to the first person who shares a link only if it knows the measures beforehand.

    Fix: Add og:image:width and og:image:height with the picture's real measures.

    Accept: og:image:width and og:image:height hold the picture's measures.
    """
    declared, measured = declared_size(page), measured_size(facts_of(page, context))
    if declared is None:
        yield warn()
    elif measured and any(_differs(said, real) for said, real in zip(declared, measured, strict=True)):
        yield fail(said_width=declared[0], said_height=declared[1], width=measured[0], height=measured[1])


def _differs(said: int, real: int) -> bool:
    return abs(said - real) > real * thresholds.DECLARED_SLACK


FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|avif)", re.IGNORECASE)
CAMERA_NAME = re.compile(
    r"(?:img|dsc|dscn|dscf|image|screenshot|untitled|pxl|photo)[-_ ]?\d+|[\w-]*\d{3,}x\d{3,}[\w-]*", re.IGNORECASE
)


@check(
    "og-image-alt",
    title="The share image has no proper description",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="The share image's description is a file name or an address: {alt}.",
    warns="The share image has no description (og:image:alt).",
    causes={
        "empty": "The share image's description is empty.",
        "title": "The share image's description only repeats the title: “{alt}”.",
        "length": "The share image's description has {width} characters; {least} to {most} are read.",
    },
    source=sources.X_MARKUP,
    grade="A",
    platforms=("x", "mastodon", "discord"),
    applies=has_share_image,
    owner="editor",
)
def og_image_alt(page: Page, context: Context) -> Iterator[Said]:
    """Why: People who do not see the picture hear its description instead. X and Mastodon take it from the page.

    Fix: Describe in og:image:alt in one sentence what the picture shows.

    Accept: og:image:alt holds a sentence about the picture, not the title and not a file name.
    """
    tags = list(page.metas_of("og:image:alt", "twitter:image:alt"))
    alt = next((meta.value for meta in tags if meta.value), "")
    limits = thresholds.ALT_WIDTH
    if not tags:
        yield warn()
    elif not alt:
        yield fail(cause="empty", alt="")
    elif _is_file_name(alt, share_image(page) or ""):
        yield fail(alt=cut(alt, 120))
    elif squeezed(alt) in {squeezed(text) for text in (page.meta("og:title"), page.title) if text}:
        yield warn(cause="title", alt=cut(alt, 120))
    elif not limits.is_good(width(alt)):
        yield warn(cause="length", width=width(alt), least=limits.good_from, most=limits.good_to)


def _is_file_name(alt: str, image: str) -> bool:
    parts = split(image)
    stem = unquote(parts.path.rpartition("/")[2]).rpartition(".")[0] if parts else ""
    is_stem = alt == stem and re.search(r"[-_\d]", stem) is not None
    is_address = re.match(r"(?:https?:)?//\S+$", alt) is not None
    return is_stem or is_address or bool(FILE_NAME.fullmatch(alt) or CAMERA_NAME.fullmatch(alt))


SIGNED = frozenset({"x-amz-signature", "x-goog-signature"})
"""Signatures that end within seven days by the storage's own rules."""
END = frozenset({"expires", "exp", "expiry", "se", "e", "x-expires"})
SIGNATURE = frozenset(
    {"signature", "sig", "token", "hmac", "x-signature", "hash", "policy", "key-pair-id", "hdnts", "t"}
)
ENDLESS = str(2**31 - 1)
"""The last second that a 32-bit clock can name, by which LinkedIn says that the address of a logo never ends."""
NETWORK_FILES = re.compile(r"(?:^|\.)(?:fbcdn\.net|cdninstagram\.com|discordapp\.(?:com|net)|licdn\.com)$")
"""Picture stores of networks, whose addresses end after some days."""


@check(
    "og-image-stable-url",
    title="The share image's address expires",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="The share image's address holds a signature that ends ({parameter}): {image}",
    causes={"network": "The share image lies in a network's own store ({host}), where addresses end after some days."},
    source=sources.FACEBOOK_FAQ,
    source_name="Meta: do not remove or replace the old image",
    grade="C",
    platforms=("facebook", "linkedin"),
    applies=has_share_image,
    revision=2,
)
def og_image_stable_url(page: Page, context: Context) -> Iterator[Said]:
    """Why: Networks load the picture again months later. When its address has ended, old posts lose their picture.

    Fix: Serve share images from a permanent public address.

    Accept: The share image's address holds no signature that ends.
    """
    image = share_image(page) or ""
    parts = split(image)
    values = {name.lower(): value for name, value in parse_qsl(parts.query)} if parts else {}
    host = (parts.hostname or "") if parts else ""
    if found := sorted(SIGNED & values.keys()):
        yield fail(parameter=found[0], image=cut(image))
    elif NETWORK_FILES.search(host) and values.keys() & {"oe", "ex", "e"} and values.get("e") != ENDLESS:
        yield fail(cause="network", host=host, parameter="", image=cut(image))
    elif SIGNATURE & values.keys() and (name := _ending(values, context)):
        yield fail(parameter=name, image=cut(image))


def _ending(values: dict[str, str], context: Context) -> str | None:
    """The parameter that names an end within the next year; without a clock nothing ends."""
    if not isinstance(context.now, datetime):
        return None
    for name in sorted(END & values.keys()):
        moment = _moment(values[name])
        if moment and moment < context.now + timedelta(days=thresholds.LASTING_DAYS):
            return name
    return None


def _moment(text: str) -> datetime | None:
    """A Unix time or an ISO date; small numbers are sizes or versions."""
    if re.fullmatch(r"1\d{9}|2\d{9}", text):
        return datetime.fromtimestamp(int(text), tz=UTC)
    if not re.match(r"20\d\d-\d\d-\d\d", text):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@check(
    "large-content-image",
    title="The page holds no large picture",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="The widest picture of the page has {width} pixels; Google Discover asks for {needed}.",
    source=sources.GOOGLE_DISCOVER,
    grade="A",
    platforms=("google-discover", "pinterest"),
    kinds=(Kind.ARTICLE, Kind.PRODUCT),
    applies=shareable,
    owner="editor",
)
def large_content_image(page: Page, context: Context) -> Iterator[Said]:
    """Why: Google Discover shows pages with a large picture across the whole screen, others as a line with a stamp.

    Fix: Put at least one picture of 1200 pixels' width or more into the page.

    Accept: One picture in the content, or the share image, is 1200 pixels wide.
    """
    images = [image for image in page.images if image.area is Area.MAIN]
    shared = measured_size(facts_of(page, context))
    known = [(_true_width(image, context)) for image in images]
    widest = max((found for found in (*known, shared[0] if shared else None) if found), default=0)
    limits = thresholds.CONTENT_IMAGE_WIDTH
    if limits.is_good(widest):
        return
    if not images:
        yield NOT_APPLICABLE
    elif None in known or (shared is None and share_image(page)):
        # An attribute tells how wide a picture is drawn, not how wide it is.
        yield unmeasured(Reason.OFF)
    else:
        say = warn if limits.is_fair(widest) else fail
        yield say(width=widest, needed=limits.good_from)


def _true_width(image: Image, context: Context) -> int | None:
    facts = measured_size(context.images.get(image.src))
    return max((found for found in (facts[0] if facts else None, image.largest_width) if found), default=None)
