"""Draws what one platform shows of a page: access, places, limits, image, layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from attrs import evolve

from smocrawl.page import Page
from smocrawl.platforms.addresses import parsed
from smocrawl.platforms.base import NOTICED, Access, Card, ImageFacts, Nothing, Picked, Platform, Shown, Verdict
from smocrawl.platforms.pictures import degradations, refusal
from smocrawl.platforms.reading import ABSOLUTE, NOTHING_ELSE, Reading, Resources, Sight
from smocrawl.platforms.searching import PLATFORMS, UNKNOWN, Seen, ends_early, pick
from smocrawl.platforms.texts import moment, shortened

ADDRESSES = frozenset({"url", "image", "icon", "video"})
BYTES_MOST = 4
"""Bytes of one character in UTF-8."""
NO_IMAGES: Mapping[str, ImageFacts] = {}


def draw(
    platform: Platform,
    page: Page,
    *,
    images: Mapping[str, ImageFacts] = NO_IMAGES,
    resources: Resources = NOTHING_ELSE,
    access: Access | None = None,
    seen: Seen | None = None,
) -> Card | Nothing:
    """The card of *page* on *platform*, or why it draws none; an image without facts is taken to be fine.

    Who draws several cards of one page hands in the same *seen* each time.
    """
    if seen is None:
        seen = Seen(page)
    barred = _barred(platform, seen, access)
    if barred is not None:
        return barred
    if platform.follows and resources is not NOTHING_ELSE and (other := platform.follow(page)):
        followed = resources.page(other, platform.reading)
        seen = seen if followed is None else Seen(followed)
    sight = Sight(seen.page, platform.reading, resources, seen.found, page.url)
    found = pick(platform, sight)
    picked = platform.tidy(sight, found) if platform.tidies else found
    if isinstance(picked, Nothing):
        return picked
    kept = _kept(platform, _resolved(sight, picked))
    if isinstance(kept, Nothing):
        return _late(platform, sight, kept)
    return _card(platform, sight, kept, images, access)


def _barred(platform: Platform, seen: Seen, access: Access | None) -> Nothing | None:
    """Why the platform does not even read the page."""
    if access is not None and access.page is False and platform.bot.obeys_robots:
        return Nothing(platform=platform.id, code="blocked", detail={"bot": access.bot, "line": access.line})
    gate, found = platform.reading.gate, seen.found
    code = found.get(gate, UNKNOWN)
    if code is UNKNOWN:
        code = found[gate] = gate.refuses(seen.page, seen.kind)
    if code is None:
        return None
    page = seen.page
    detail = {"status": page.status, "type": page.header("content-type") or "", "bytes": page.size}
    return Nothing(platform=platform.id, code=code, detail=detail)


def _resolved(sight: Sight, picked: Picked) -> Picked:
    """With absolute addresses; what is no address at all is left out."""
    changed: dict[str, str | None] | None = None
    for name, value in picked.values.items():
        if name not in ADDRESSES or not value or value.startswith(ABSOLUTE):
            continue
        if not (sight.reading.keeps_data and value.startswith("data:")):
            changed = changed or {}
            changed[name] = sight.address(value)
    return picked.replaced(**changed) if changed else picked


def _kept(platform: Platform, picked: Picked) -> Picked | Nothing:
    """With the texts cut as the platform keeps them, where enough is left for a card."""
    if platform.kept:
        picked = _cut(platform, picked)
    values = picked.values
    for group in platform.needs:
        for name in group:
            if not values.get(name):
                break
        else:
            return picked
    missing = next((name for name in platform.needs[0] if not values.get(name)), "")
    return Nothing(platform=platform.id, code=f"no-{missing.replace('_', '-')}" if missing else "no-tags")


def _cut(platform: Platform, picked: Picked) -> Picked:
    cut: dict[str, str | None] = {}
    for name, limit in platform.kept.items():
        whole = picked.values.get(name)
        # No character is more than four bytes long: most texts need no counting.
        if whole is not None and (len(whole) * BYTES_MOST > limit.most or not whole):
            kept = shortened(whole, limit).text
            if kept != whole or not kept:
                cut[name] = kept or None
    return picked.replaced(**cut) if cut else picked


def _card(
    platform: Platform, sight: Sight, picked: Picked, images: Mapping[str, ImageFacts], access: Access | None
) -> Card | Nothing:
    image = picked.values.get("image") or None
    facts = _measured(images, image) if image and images else None
    refused = None
    if image:
        refused = refusal(image, platform.images, facts, access if platform.bot.obeys_robots else None)
    if refused is not None:
        picked, facts, image = picked.replaced(image=None), None, None
        if any("image" in group for group in platform.needs) and isinstance(
            nothing := _kept(platform, picked), Nothing
        ):
            return evolve(nothing, detail={**refused.detail, "refused": refused.code})
    layout = _layout(platform, sight, picked, facts)
    value = picked.values.get
    shown = _on_screen(platform, picked) if platform.shown else {}
    verdicts = [] if refused is None else [refused]
    if access is not None and platform.bot.obeys_robots is None:
        verdicts += perhaps_blocked(access, image)
    for name, missing in platform.noticed:
        if not value(name) and (refused is None or refused.about != name):
            verdicts.append(missing)
    if ends_early(sight):
        verdicts += too_late(platform, sight)
    if facts is not None:
        verdicts += degradations(platform.images, facts, layout)
    if shown:
        verdicts += _cuts(platform, shown)
    published = value("published")
    return Card(
        platform=platform.id,
        layout=layout,
        url=value("url") or sight.page.url,
        title=value("title"),
        description=value("description"),
        image=value("image"),
        site_name=value("site_name"),
        icon=value("icon"),
        author=value("author"),
        published=moment(published) if published else None,
        language=value("language"),
        video=value("video"),
        credit=value("credit"),
        taken=picked.taken,
        shown=shown,
        verdicts=tuple(verdicts),
    )


def _measured(images: Mapping[str, ImageFacts], address: str) -> ImageFacts | None:
    """Facts are kept under the address as browsers write it; a platform may keep it with its blanks."""
    return images.get(address) or images.get(parsed(address, address) or "")


def _layout(platform: Platform, sight: Sight, picked: Picked, facts: ImageFacts | None) -> str:
    wanted = platform.layout(sight, picked, facts) if picked.values.get("image") else "text"
    if picked.values.get("video") and not (platform.large_beats_player and wanted == "large"):
        return "player"
    return wanted


def _on_screen(platform: Platform, picked: Picked) -> dict[str, Shown]:
    values = picked.values
    return {name: shortened(text, cut) for name, cut in platform.shown.items() if (text := values.get(name))}


def perhaps_blocked(access: Access, image: str | None) -> Iterator[Verdict]:
    """What robots.txt forbids to a bot of which nobody knows whether it obeys."""
    if access.page is False:
        yield Verdict("page", "perhaps-blocked", {"bot": access.bot, "line": access.line})
    if image and (access.image is False or image in access.forbidden):
        yield Verdict("image", "perhaps-blocked", {"bot": access.bot, "line": access.forbidden.get(image, access.line)})


def too_late(platform: Platform, sight: Sight) -> Iterator[Verdict]:
    """Tags that would be taken if the platform read more of the page."""
    limit = platform.reading.bytes_most
    if limit is None or sight.page.size <= limit:
        return
    whole = pick(platform, Sight(sight.page, endless(platform), sight.resources, sight.found)).taken
    for name in NOTICED:
        there = whole.get(name)
        if there is not None and there.offset is not None and there.offset >= limit:
            yield Verdict(name, "too-late", {"place": there.place, "offset": there.offset, "limit": limit})


@lru_cache(PLATFORMS)
def endless(platform: Platform) -> Reading:
    """The platform's way of reading, without its limit."""
    return evolve(platform.reading, bytes_most=None)


def _late(platform: Platform, sight: Sight, nothing: Nothing) -> Nothing:
    """*nothing*, or that what it lacks stands behind what the platform reads."""
    missing = nothing.code.removeprefix("no-").replace("-", "_")
    for verdict in too_late(platform, sight):
        if verdict.about == missing:
            return evolve(nothing, code="too-late", detail=verdict.detail)
    return nothing


def _cuts(platform: Platform, shown: Mapping[str, Shown]) -> Iterator[Verdict]:
    for name, text in shown.items():
        if text.lost:
            yield Verdict(name, "cut", {"limit": platform.shown[name].most, "lost": len(text.lost)})
