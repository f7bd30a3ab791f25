"""What a platform makes of an image: refused, shown small, cropped, or fine."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from smocrawl.platforms.base import Access, ImageFacts, ImageRules, Verdict

CROP_SEEN = 0.02
"""Share of a picture whose loss nobody notices; below it nothing is said."""


def refusal(url: str, rules: ImageRules, facts: ImageFacts | None, access: Access | None) -> Verdict | None:
    """Why the image is not shown at all; None = it is shown, or nothing is known against it."""
    if rules.https_only and urlsplit(url).scheme != "https":
        return Verdict("image", "not-https", {"url": url})
    if access is not None and (access.image is False or url in access.forbidden):
        return Verdict("image", "blocked", {"bot": access.bot, "line": access.forbidden.get(url, access.line)})
    if facts is None:
        return None
    if facts.error is not None or (facts.status is not None and not 200 <= facts.status < 300):
        return Verdict("image", "unreachable", {"status": facts.status, "error": facts.error})
    return next(_refusals(rules, facts), None)


def _refusals(rules: ImageRules, facts: ImageFacts) -> Iterator[Verdict]:
    kind = facts.declared_type if rules.believes_header else facts.type or facts.declared_type
    if rules.formats and kind not in rules.formats and (kind or rules.believes_header):
        yield Verdict("image", "wrong-type", {"type": kind})
    if facts.size is not None and rules.bytes_most is not None and facts.size > rules.bytes_most:
        yield Verdict("image", "too-heavy", {"bytes": facts.size, "limit": rules.bytes_most})
    if facts.size is not None and rules.bytes_least is not None and facts.size < rules.bytes_least:
        yield Verdict("image", "too-small", {"bytes": facts.size, "limit": rules.bytes_least})
    if facts.width and facts.height:
        yield from _by_size(rules, facts.width, facts.height)


def _by_size(rules: ImageRules, width: int, height: int) -> Iterator[Verdict]:
    least = rules.least
    if least is not None and (width < least.width or height < least.height):
        needs = {"needs_width": least.width, "needs_height": least.height}
        yield Verdict("image", "too-small", {"width": width, "height": height, **needs})
    most = rules.most
    if most is not None and (width > most.width or height > most.height):
        limits = {"most_width": most.width, "most_height": most.height}
        yield Verdict("image", "too-large", {"width": width, "height": height, **limits})
    if rules.ratio_most is not None and max(width, height) > rules.ratio_most * min(width, height):
        yield Verdict("image", "too-long", {"width": width, "height": height, "limit": rules.ratio_most})


def degradations(rules: ImageRules, facts: ImageFacts | None, layout: str) -> Iterator[Verdict]:
    """What is shown of an image otherwise than its owner may think."""
    if facts is None or not facts.width or not facts.height:
        return
    width, height = facts.width, facts.height
    if layout == "small" and rules.large and (width < rules.large.width or height < rules.large.height):
        needs = {"needs_width": rules.large.width, "needs_height": rules.large.height}
        yield Verdict("image", "shown-small", {"width": width, "height": height, **needs})
    frame = rules.crop if layout == "large" else rules.crop_small
    if frame and (lost := cropped(width, height, frame)) > CROP_SEEN:
        yield Verdict("image", "cropped", {"width": width, "height": height, "frame": frame, "lost": round(lost, 3)})


def cropped(width: int, height: int, frame: float) -> float:
    """Share (0–1) of the picture that a frame of that shape cuts off."""
    shape = width / height
    return 1 - min(shape, frame) / max(shape, frame)
