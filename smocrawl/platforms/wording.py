"""What a platform's declaration says, in sentences: for its page of the docs and for ``smo-explain``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from smocrawl.platforms.base import Cut, ImageRules, Platform, nowhere, pass_on
from smocrawl.platforms.reading import Names

UNITS = ((1024 * 1024, "MiB"), (1_000_000, "MB"), (1024, "KiB"), (1_000, "kB"))


def reading(platform: Platform) -> Iterator[str]:
    """What of a page it reads, and how."""
    how = platform.reading
    asked = " ".join(place.name for places in platform.places.values() for place in places)
    for prefix, names in (("og:", how.og), ("twitter:", how.twitter)):
        if prefix in asked:
            yield f"`{prefix}` names: {_names(names)}"
    yield "An empty tag hides the next place" if how.empty_wins else "An empty tag is passed over"
    if how.head_only:
        yield "Only tags in head are seen"
    if how.bytes_most is not None:
        longer = "a longer page draws nothing" if how.refuses_longer else "tags behind that are not seen"
        yield f"The first {weight(how.bytes_most)} are read; {longer}"
    if how.statuses:
        yield f"Only answers of {' and '.join(map(str, how.statuses))} are read"
    if how.types:
        yield f"Only {' and '.join(how.types)} are read" + (", and the type must be told" if how.needs_type else "")
    if how.https_only:
        yield "Only https pages are read"
    if platform.bot.timeout is not None:
        yield f"It waits for {platform.bot.timeout:g} seconds"
    if how.oembed:
        yield "The oEmbed address that a page names is asked"


def in_words(platform: Platform) -> Iterator[str]:
    """What its own functions do, by their docstrings."""
    yield first_sentence(platform.layout)
    for function, usual in ((platform.follow, nowhere), (platform.tidy, pass_on)):
        if function is not usual:
            yield first_sentence(function)


def first_sentence(function: Callable[..., Any]) -> str:
    """Of its docstring."""
    return " ".join((function.__doc__ or "").split("\n\n")[0].split()).removesuffix(".").replace("``", "`")


def _names(names: Names) -> str:
    under = " or ".join(f"`{one}`" for one in names.attributes)
    case = "exactly as written" if names.exact else "in any case"
    return f"under {under}, {case}; of several the {'last' if names.last else 'first'} counts"


def cuts(platform: Platform) -> Iterator[str]:
    """Where its texts end."""
    for how, limits in (("kept", platform.kept), ("shown", platform.shown)):
        for name, cut in limits.items():
            yield f"{name.replace('_', ' ')} {how}: {_cut(cut)}"


def _cut(cut: Cut) -> str:
    unit = "bytes" if cut.in_bytes else "characters"
    return f"left out beyond {cut.most} {unit}" if cut.dropped else f"{cut.most} {unit}, then `{cut.mark}`"


def pictures(rules: ImageRules) -> Iterator[str]:
    """What it asks of a picture."""
    sizes = (
        ("Pictures below {}×{} are refused", rules.least),
        ("Pictures above {}×{} are refused", rules.most),
        ("The large layout begins at {}×{}", rules.large),
        ("{}×{} is recommended", rules.best),
    )
    for text, size in sizes:
        if size is not None:
            yield text.format(size.width, size.height)
    if rules.https_only:
        yield "Pictures must be served by https"
    if rules.bytes_most is not None:
        yield f"Pictures above {weight(rules.bytes_most)} are refused"
    if rules.ratio_most is not None:
        yield f"One side may be {rules.ratio_most:g} times the other at most"
    if rules.formats:
        yield f"Pictures may be {', '.join(sorted(rules.formats))}"
    if rules.crop:
        yield f"The large layout is cropped to {rules.crop:.2f}:1"


def weight(count: int) -> str:
    """A number of bytes, in the unit in which it is round."""
    unit, name = next(((unit, name) for unit, name in UNITS if count % unit == 0), (1, "bytes"))
    return f"{count // unit:,} {name}"
