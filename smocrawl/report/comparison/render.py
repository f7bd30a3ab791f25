"""Writes a comparison: one page that needs nothing else, and the same as JSON."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from markupsafe import Markup

from smocrawl.report import brand as brands
from smocrawl.report import safe
from smocrawl.report.brand import Brand
from smocrawl.report.comparison.features import features
from smocrawl.report.comparison.platforms import cards, readiness
from smocrawl.report.comparison.presence import presence
from smocrawl.report.comparison.sites import Sites, sites_of
from smocrawl.report.comparison.standing import front, kinds, tactics
from smocrawl.report.comparison.summary import overview
from smocrawl.report.crawl import Crawl
from smocrawl.report.render import accent, environment, for_style, joined, places, policy
from smocrawl.report.sections.section import Section

FORMAT = 1
"""Of compare.json; raised when a field goes or changes its meaning."""

LEAST, MOST = 2, 6
"""Sites of one comparison: more columns fit no screen."""

STYLES = (
    "tokens",
    "ground",
    "frame",
    "cover",
    "lists",
    "charts",
    "cards",
    "drawings",
    "comparison",
    "mirrored",
    "narrow",
    "print",
)


def render_comparison(
    crawls: Sequence[Crawl], names: Sequence[str], folder: Path, *, brand: Brand | str | Path | None = None
) -> Path:
    """Write the comparison of *crawls* into *folder*, whole or not at all; gives the path of its page.

    The first crawl is held against the others.  *names*: the sites as they were named, told where hosts do not differ.
    All crawls must be read in one language.
    """
    sites, pictures = sites_of(crawls, names)
    sections = build(sites)
    page = _html(sections, sites, pictures, brands.load(brand))
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    try:
        (unfinished / "index.html").write_text(page, encoding="utf-8")
        (unfinished / "compare.json").write_bytes(_json(sites, sections))
        for file in unfinished.iterdir():
            folder.mkdir(exist_ok=True)
            file.replace(folder / file.name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder / "index.html"


def build(sites: Sites) -> tuple[Section, ...]:
    """Every section as plain values."""
    of_tactics, of_platforms, of_features = tactics(sites), readiness(sites), features(sites)
    return (
        front(sites), overview(sites, of_tactics, of_platforms, of_features), of_tactics, cards(sites), of_platforms,
        of_features, kinds(sites), presence(sites),
    )  # fmt: skip


def _html(sections: tuple[Section, ...], sites: Sites, pictures: Any, brand: Brand) -> str:
    style = _style(sites, brand)
    return environment(sites.language).get_template("comparison.html").render(
        sections=sections, sites=sites, pictures=pictures, brand=brand, language=sites.language,
        style=Markup(style), policy=policy(style, ""),  # noqa: S704 - our own files
    )  # fmt: skip


def _style(sites: Sites, brand: Brand) -> str:
    said = for_style(sites.language.listed([site.name for site in sites]))
    foot = f'@media print{{@page{{@bottom-left{{content:"{said}";font:400 8pt sans-serif;color:#5b6673}}}}}}'
    return "\n".join((joined("css", STYLES), *places(), foot, *accent(brand)))


def _json(sites: Sites, sections: tuple[Section, ...]) -> bytes:
    told = {
        "format": FORMAT,
        "language": sites.language.code,
        "sites": [site.name for site in sites],
        "sections": {section.id: msgspec.to_builtins(section) for section in sections},
    }
    text = safe.clean(msgspec.json.encode(told).decode())
    return msgspec.json.format(safe.mask(text).encode(), indent=1)
