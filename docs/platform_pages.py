"""The pages of docs/platforms/, written from the platforms themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smocrawl.platforms.base import FIELDS, Certainty, Family, ImageRules, Platform
from smocrawl.platforms.wording import cuts, first_sentence, in_words, pictures, reading, weight
from smocrawl.registry import all_platforms

FAMILIES: Mapping[Family, str] = {
    Family.FEED: "Feeds and networks",
    Family.CHAT: "Chats",
    Family.WORK: "Work",
    Family.OPEN: "Open networks",
    Family.SEARCH: "Search",
    Family.PUBLISHING: "Forums and publishing",
}
CERTAINTIES: Mapping[Certainty, str] = {
    Certainty.CODE: "read in its public source code",
    Certainty.DOCUMENTED: "its own documentation",
    Certainty.OBSERVED: "observed by third parties; may be out of date",
}
ABOUT = (
    "What one has to know to write tags that work everywhere. Written by `make docs`; do not edit by hand. Where a "
    "platform is only documented or observed, what nobody tells is assumed: `property` or `name`, the first of two tags, "
    "an empty one passed over."
)
SPELLING = (
    'The spelling that works on all of them: `<meta property="og:…" content="…">`, in small letters, once, in `<head>`, '
    'within the first 32 KiB; `<meta name="twitter:…">` for the names of X; https addresses in full.'
)
ROBOTS = {True: "obeyed", False: "not read", None: "not known"}
COMPARED = ("title", "description", "image")


def pages() -> Iterator[tuple[str, str]]:
    """(file name, text) of every generated page."""
    platforms = all_platforms()
    for name, platform in platforms.items():
        yield f"{name}.md", platform_page(platform)
    yield "README.md", index(platforms)
    yield "differences.md", differences(platforms)


def platform_page(platform: Platform) -> str:
    about = {
        "Known from": CERTAINTIES[platform.certainty],
        "Checked on": f"{platform.checked_on:%Y-%m-%d}",
        "Its reader": f"`{platform.bot.agent or platform.bot.name}`",
        "robots.txt": ROBOTS[platform.bot.obeys_robots],
        "Keeps a card": platform.cache,
        "Read anew": platform.refresh,
        "Lists of pages": platform.rescrape.how if platform.rescrape else "",
        "Opting out": platform.opt_out,
    }
    parts = [
        f"# {platform.name}",
        f"`{platform.id}` · {FAMILIES[platform.family]}",
        table(("", ""), [(name, text) for name, text in about.items() if text]),
        "## Where it looks\n\n" + table(("value", "first place that has one"), list(_places(platform))),
        "## How it reads\n\n" + "\n".join(f"- {line}" for line in (*reading(platform), *in_words(platform))),
    ]
    if limits := [*cuts(platform), *pictures(platform.images)]:
        parts.append("## Limits\n\n" + "\n".join(f"- {line}" for line in limits))
    if platform.notes:
        parts.append("## Good to know\n\n" + "\n".join(f"- {note}" for note in platform.notes))
    parts.append("## Sources\n\n" + "\n".join(f"- <{source}>" for source in platform.sources))
    return "\n\n".join(parts) + "\n"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _places(platform: Platform) -> Iterator[tuple[str, str]]:
    for name in FIELDS:
        if places := getattr(platform, name):
            yield name.replace("_", " "), " → ".join(f"`{place.name}`" for place in places)


def differences(platforms: Mapping[str, Platform]) -> str:
    """One table in which all platforms can be compared."""
    head = (
        "platform", "known", "`og:` under", "of several", "an empty tag", "reads", "robots.txt", "title", "text",
        "picture", "cuts", "pictures", "large", "a card lives",
    )  # fmt: skip
    rows = [_differences(one) for one in sorted(platforms.values(), key=lambda one: one.name.lower())]
    return "\n\n".join(("# How platforms differ", ABOUT, table(head, rows), SPELLING)) + "\n"


def _differences(platform: Platform) -> tuple[str, ...]:
    how = platform.reading
    cut = [line for line in cuts(platform) if not line.startswith(("url", "icon", "image"))]
    return (
        f"[{platform.name}]({platform.id}.md)",
        platform.certainty.value,
        ", ".join(how.og.attributes) + (", letter by letter" if how.og.exact else ""),
        "last" if how.og.last else "first",
        "hides the next" if how.empty_wins else "is passed over",
        _read(platform),
        ROBOTS[platform.bot.obeys_robots],
        *(" → ".join(f"`{one.name}`" for one in getattr(platform, name)) or "—" for name in COMPARED),
        "; ".join(cut) or "—",
        "; ".join(_brief(platform.images)) or "—",
        first_sentence(platform.layout),
        platform.cache,
    )


def _read(platform: Platform) -> str:
    most = platform.reading.bytes_most
    if most is None:
        return "no limit known"
    return weight(most) + (", or nothing" if platform.reading.refuses_longer else "")


def _brief(rules: ImageRules) -> Iterator[str]:
    if rules.least is not None:
        yield f"from {rules.least.width}×{rules.least.height}"
    if rules.bytes_most is not None:
        yield f"up to {weight(rules.bytes_most)}"
    if rules.ratio_most is not None:
        yield f"up to {rules.ratio_most:g}:1"
    if rules.formats:
        yield ", ".join(sorted(one.removeprefix("image/") for one in rules.formats))
    if rules.https_only:
        yield "https"


def index(platforms: Mapping[str, Platform]) -> str:
    parts = [
        "# Platforms",
        f"{len(platforms)} platforms. Written by `make docs`; do not edit by hand.",
        "[How they differ](differences.md), in one table. [How to add one](../adding-a-platform.md).",
    ]
    for family, title in FAMILIES.items():
        rows = [
            _row(one) for one in sorted(platforms.values(), key=lambda one: one.name.lower()) if one.family is family
        ]
        if rows:
            head = ("platform", "title", "picture", "reads", "robots.txt", "known from")
            parts.append(f"## {title}\n\n" + table(head, rows))
    return "\n\n".join(parts) + "\n"


def _row(platform: Platform) -> tuple[str, ...]:
    most = platform.reading.bytes_most
    return (
        f"[{platform.name}]({platform.id}.md)",
        " → ".join(f"`{place.name}`" for place in platform.title),
        " → ".join(f"`{place.name}`" for place in platform.image),
        "" if most is None else weight(most),
        ROBOTS[platform.bot.obeys_robots],
        platform.certainty.value,
    )
