"""Is there a share image, can it be loaded, and is it large, light and of a type that every network draws?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smocrawl.checks import sources, thresholds
from smocrawl.checks.addresses import cut, split
from smocrawl.checks.applies import shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.checks.pictures import (
    REFUSED,
    declared_size,
    facts_of,
    has_share_image,
    measured_size,
    not_measured,
    offered,
    share_image,
)  # fmt: skip
from smocrawl.page import Page
from smocrawl.platforms.base import ImageFacts

CARD_RATIO = 1.91
"""Width to height of a large card (Facebook, LinkedIn)."""
ASK_LATER = frozenset({407, 418, 429, 503, 999})
"""Answers that ask a robot to go slower: they say nothing about the picture."""


@check(
    "og-image",
    title="The page has no share image",
    tactic=Tactic.T3,
    severity=Severity.CRITICAL,
    says="The page offers no picture for a card.",
    warns="The page has no og:image; only networks that read {place} find its picture.",
    source=sources.OPEN_GRAPH,
    grade="A",
    applies=shareable,
)
def og_image(page: Page, context: Context) -> Iterator[Said]:
    """Why: The picture takes most of a card. Without it a link is a line of text that readers scroll past.

    Fix: Give each page a picture of its own and name it in og:image.

    Accept: og:image names a picture that shows what the page is about.
    """
    if offered(page):
        return
    entity = page.main_entity
    if page.meta("twitter:image", "twitter:image:src"):
        yield warn(place="twitter:image")
    elif entity and (entity.url("image") or entity.url("thumbnailUrl")):
        yield warn(place=f"{entity.types[0]}.image")
    else:
        yield fail()


@check(
    "og-image-fetchable",
    title="The share image cannot be loaded",
    tactic=Tactic.T3,
    severity=Severity.BLOCKER,
    cap=50,
    says="The share image {image} answers with status {status}.",
    warns="The share image {image} is reached only by {hops} redirects.",
    causes={
        "error": "The share image {image} cannot be loaded: {error}.",
        "no-image": "What answers at {image} is no picture that can be read ({type}).",
    },
    source=sources.FACEBOOK_FAQ,
    grade="A",
    applies=has_share_image,
)
def og_image_fetchable(page: Page, context: Context) -> Iterator[Said]:
    """Why: A network loads the picture itself, without cookies. If it cannot, the card is empty or missing.

    Fix: Upload the file, correct its address, or lift the rule that protects pictures from other sites.

    Accept: The picture's address opens in a private browser window.
    """
    facts = facts_of(page, context)
    image = cut(share_image(page) or "")
    if facts is None:
        yield unmeasured(Reason.OFF)
    elif facts.error:
        refused = REFUSED.search(facts.error)
        yield (
            unmeasured(Reason.UNREACHABLE) if refused else fail(cause="error", image=image, error=cut(facts.error, 120))
        )
    elif facts.status in ASK_LATER or facts.status is None:
        yield unmeasured(Reason.UNREACHABLE)
    elif facts.status != 200:
        yield fail(image=image, status=facts.status)
    elif facts.type is None:
        yield fail(cause="no-image", image=image, status=200, type=facts.declared_type or "?")
    elif facts.hops > thresholds.IMAGE_REDIRECTS:
        yield warn(image=image, hops=facts.hops)


@check(
    "og-image-size",
    title="The share image is too small",
    tactic=Tactic.T3,
    severity=Severity.HIGH,
    says="The share image has {width}×{height} pixels; below {fair_width}×{fair_height} the card gets small.",
    warns="The share image has {width}×{height} pixels; {good_width}×{good_height} look sharp on every screen.",
    causes={
        "tiny": "The share image has {width}×{height} pixels; below {least_width}×{least_height} many networks show none.",
        "huge": "The share image has {width}×{height} pixels; X refuses pictures above {largest} pixels a side.",
    },
    source=sources.FACEBOOK_IMAGES,
    grade="A",
    platforms=("facebook", "instagram", "linkedin", "x", "google-discover", "discord"),
    applies=has_share_image,
    owner="editor",
    revision=2,
)
def og_image_size(page: Page, context: Context) -> Iterator[Said]:
    """Why: Networks stretch the picture over the whole width of a feed, or shrink the card when it is too small.

    Fix: Export the picture at 1200×630 pixels or larger.

    Accept: The share image has at least 1200×600 pixels.
    """
    size = _size(page, context)
    if isinstance(size, Said):
        yield size
        return
    width, height = size
    evidence: dict[str, Any] = {"width": width, "height": height}
    if _below(size, thresholds.IMAGE_LEAST):
        least: dict[str, Any] = {"least_width": thresholds.IMAGE_LEAST[0], "least_height": thresholds.IMAGE_LEAST[1]}
        yield fail(severity=Severity.CRITICAL, cause="tiny", **evidence, **_fair(), **least)
    elif _below(size, thresholds.IMAGE_FAIR):
        yield fail(**evidence, **_fair())
    elif max(size) > thresholds.IMAGE_LARGEST:
        yield warn(cause="huge", largest=thresholds.IMAGE_LARGEST, **evidence, **_good())
    elif _below(size, thresholds.IMAGE_WIDE):
        yield warn(**evidence, **_good())


def _below(size: tuple[int, int], least: tuple[int, int]) -> bool:
    return size[0] < least[0] or size[1] < least[1]


def _fair() -> dict[str, Any]:
    return {"fair_width": thresholds.IMAGE_FAIR[0], "fair_height": thresholds.IMAGE_FAIR[1]}


def _good() -> dict[str, Any]:
    return {"good_width": thresholds.IMAGE_WIDE[0], "good_height": thresholds.IMAGE_WIDE[1]}


def _size(page: Page, context: Context) -> tuple[int, int] | Said:
    """The picture's pixels: as measured; as declared where nobody asked; otherwise why they are unknown."""
    facts = facts_of(page, context)
    known = measured_size(facts) or (declared_size(page) if facts is None else None)
    if known:
        return known
    # A drawing has no pixels: og-image-format speaks about it.
    return NOT_APPLICABLE if facts and facts.is_fine else not_measured(facts)


@check(
    "og-image-ratio",
    title="Networks crop the share image",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="The share image ({width}×{height}) is so wide that most networks cut off {lost} % of it.",
    warns="The share image ({width}×{height}) is cropped to about 1.91:1 by most networks, which cuts off {lost} % of it.",
    causes={"tall": "The share image ({width}×{height}) is so tall that most networks cut off {lost} % of it."},
    source=sources.FACEBOOK_IMAGES,
    grade="A",
    platforms=("facebook", "linkedin", "x", "discord"),
    applies=has_share_image,
    owner="editor",
    revision=2,
)
def og_image_ratio(page: Page, context: Context) -> Iterator[Said]:
    """Why: Large cards are about 1.91 times as wide as high. What does not fit is cut off, heads and words first.

    Fix: Crop the picture to 1.91:1 yourself, and keep what matters in the middle.

    Accept: The share image is between 1.75 and 2.05 times as wide as high.
    """
    size = _size(page, context)
    if isinstance(size, Said):
        yield size
        return
    width, height = size
    ratio, limits = width / height, thresholds.IMAGE_RATIO
    if limits.is_good(round(ratio, 2)):
        return
    lost = round(100 * (1 - min(ratio, CARD_RATIO) / max(ratio, CARD_RATIO)))
    if limits.is_fair(round(ratio, 2)):
        yield warn(width=width, height=height, lost=lost)
    elif ratio < 1:
        yield fail(cause="tall", width=width, height=height, lost=lost)
    else:
        yield fail(width=width, height=height, lost=lost)


@check(
    "og-image-weight",
    title="The share image is too heavy",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="The share image weighs {kilobytes} kB; WhatsApp shows none above {limit} kB, Bluesky and Signal none above 1 MB.",
    warns="The share image weighs {kilobytes} kB; WhatsApp was seen to leave out pictures above {limit} kB.",
    causes={"lost": "The share image weighs {kilobytes} kB; X and LinkedIn refuse pictures above {limit} kB."},
    source=sources.WHATSAPP,
    grade="B",
    platforms=("whatsapp", "signal", "bluesky", "x", "linkedin"),
    applies=has_share_image,
)
def og_image_weight(page: Page, context: Context) -> Iterator[Said]:
    """Why: Messengers load the picture on the sender's phone and skip heavy ones. The link then goes out bare.

    Fix: Save the picture as a JPEG of quality 80 to 85.

    Accept: The share image weighs at most 300 kB.
    """
    facts = facts_of(page, context)
    if facts is None or facts.size is None or not facts.is_fine:
        yield not_measured(facts)
        return
    kilobytes, limits = round(facts.size / 1000), thresholds.IMAGE_BYTES
    if facts.size > thresholds.IMAGE_LOST_BYTES:
        limit = thresholds.IMAGE_LOST_BYTES // 1000
        yield fail(severity=Severity.CRITICAL, cause="lost", kilobytes=kilobytes, limit=limit)
    elif not limits.is_fair(facts.size):
        yield fail(kilobytes=kilobytes, limit=round(limits.fair_to / 1000))
    elif not limits.is_good(facts.size):
        yield warn(kilobytes=kilobytes, limit=round(limits.good_to / 1000))


SAFE = frozenset({"image/jpeg", "image/png"})
NEARLY_SAFE = frozenset({"image/webp", "image/gif"})
BY_ENDING = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif",
    "svg": "image/svg+xml", "avif": "image/avif", "heic": "image/heic", "ico": "image/x-icon", "bmp": "image/bmp",
    "tif": "image/tiff", "tiff": "image/tiff",
}  # fmt: skip


@check(
    "og-image-format",
    title="Some networks cannot draw the share image",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="The share image is of type {type}, which most networks do not draw.",
    warns="The share image is of type {type}, which some networks and messengers do not draw.",
    causes={"animated": "The share image is an animation ({type}); networks show its first frame or nothing."},
    source=sources.X_MARKUP,
    grade="A",
    platforms=("linkedin", "x", "whatsapp", "mastodon"),
    applies=has_share_image,
)
def og_image_format(page: Page, context: Context) -> Iterator[Said]:
    """Why: Only JPEG and PNG are drawn by every network. Others leave a card without a picture somewhere.

    Fix: Offer the share image as JPEG or PNG, whatever the page itself shows.

    Accept: The share image is a JPEG or PNG file.
    """
    facts = facts_of(page, context)
    if facts is not None and not facts.is_fine:
        yield not_measured(facts)
        return
    kind = _type(facts, share_image(page) or "")
    if kind is None:
        yield unmeasured(Reason.OFF)
    elif facts and facts.animated:
        yield fail(cause="animated", type=kind)
    elif kind in NEARLY_SAFE:
        yield warn(type=kind)
    elif kind not in SAFE:
        yield fail(type=kind)


def _type(facts: ImageFacts | None, address: str) -> str | None:
    """By its bytes; where they were not read, by the ending of its name."""
    if facts is not None:
        return facts.type
    parts = split(address)
    name = parts.path.rpartition("/")[2] if parts else ""
    return BY_ENDING.get(name.rpartition(".")[2].lower()) if "." in name else None


@check(
    "og-image-absolute",
    title="The share image's address is incomplete",
    tactic=Tactic.T3,
    severity=Severity.HIGH,
    says="og:image is written as “{written}”, without scheme and host.",
    warns="og:image is an http address: {written}.",
    causes={
        "data": "og:image holds the picture itself (data:) instead of its address.",
        "scheme": "og:image is written without its scheme: {written}.",
    },
    source=sources.OPEN_GRAPH,
    grade="A",
    applies=has_share_image,
)
def og_image_absolute(page: Page, context: Context) -> Iterator[Said]:
    """Why: Most networks do not complete an address. For them a relative one is no picture at all.

    Fix: Write the full address, beginning with https://.

    Accept: og:image begins with https://.
    """
    tag = offered(page)
    written = tag.value if tag else ""
    low = written.lower()
    if low.startswith("https://"):
        return
    if low.startswith("http://"):
        yield warn(written=cut(written))
    elif low.startswith("//"):
        yield warn(cause="scheme", written=cut(written))
    elif low.startswith("data:"):
        yield fail(cause="data", written=cut(written, 40))
    else:
        yield fail(written=cut(written))
