"""What structured data ranks and counts: breadcrumbs, ratings, interactions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from smocrawl.page.structured import Entity


@frozen(kw_only=True)
class Crumb:
    """One step of a breadcrumb trail."""

    name: str | None
    """Visible words of the step; None = none."""
    url: str | None
    """As written; the last step often has none."""
    position: float | None = None
    """Place in the trail, from 1, as stated; None = not said."""


@frozen(kw_only=True)
class Rating:
    """How something is rated."""

    of: str
    """First type of the rated thing."""
    value: float | None
    """On the scale up to ``best``; None = no plain number."""
    best: float | None = None
    """None = not said, which schema.org reads as 5."""
    count: int | None = None
    """Ratings or, where only those are counted, reviews."""


@frozen(kw_only=True)
class Interaction:
    """How often people have done something with the page."""

    sort: str
    """schema.org action without its address (``LikeAction``), or ``UserComments`` and its kin."""
    count: int | None
    """How often; None = no plain number."""


def breadcrumbs(entities: Iterable[Entity]) -> tuple[tuple[Crumb, ...], ...]:
    """Each BreadcrumbList in document order, its steps by position: https://schema.org/BreadcrumbList."""
    return tuple(tuple(_crumbs(one)) for one in entities if one.is_a("BreadcrumbList"))


def _crumbs(trail: Entity) -> Iterator[Crumb]:
    steps = [
        Crumb(
            name=step.text("name") or (item.text("name") if (item := _item(step)) else None),
            url=step.url("item") or step.url("url"),
            position=_number(step.text("position")),
        )
        for step in trail.entities("itemListElement")
    ]
    yield from sorted(steps, key=lambda step: step.position if step.position is not None else float(len(steps)))


def _item(step: Entity) -> Entity | None:
    return next(iter(step.entities("item")), None)


def ratings(entities: Iterable[Entity]) -> tuple[Rating, ...]:
    """https://schema.org/aggregateRating of any entity."""
    return tuple(
        Rating(
            of=one.types[0] if one.types else "",
            value=_number(rating.text("ratingValue")),
            best=_number(rating.text("bestRating")),
            count=_whole(rating.text("ratingCount") or rating.text("reviewCount")),
        )
        for one in entities
        for rating in one.entities("aggregateRating")
    )


def interactions(entities: Iterable[Entity]) -> tuple[Interaction, ...]:
    """https://schema.org/InteractionCounter, and commentCount where a page counts no other way."""
    return tuple(found for one in entities for found in _interactions(one))


def _interactions(one: Entity) -> Iterator[Interaction]:
    for counter in one.entities("interactionStatistic"):
        action = next(iter(counter.entities("interactionType")), None)
        sort = action.types[0] if action and action.types else (counter.text("interactionType") or "")
        yield Interaction(sort=sort.rpartition("/")[2], count=_whole(counter.text("userInteractionCount")))
    if (comments := one.text("commentCount")) is not None:
        yield Interaction(sort="CommentAction", count=_whole(comments))


def _number(text: str | None) -> float | None:
    """A comma is a decimal point in much of Europe; *text* of other forms is no number."""
    plain = (text or "").strip().replace(",", ".")
    digits = plain.replace(".", "", 1)
    return float(plain) if digits.isascii() and digits.isdigit() and len(plain) < 20 else None


def _whole(text: str | None) -> int | None:
    digits = "".join((text or "").replace(",", "").replace(".", "").split())
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None
