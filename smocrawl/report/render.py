"""Writes the report of one crawl: a page that needs nothing else, and the tables beside it."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from attrs import frozen
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from smocrawl.report import brand as brands
from smocrawl.report.assets import as_it_stands
from smocrawl.report.brand import Brand
from smocrawl.report.card_view import Drawer
from smocrawl.report.catalogue import Catalogue, installed
from smocrawl.report.compiled import Compiled
from smocrawl.report.crawl import Crawl
from smocrawl.report.files import write_tables
from smocrawl.report.forms import Form, choose, data_parts, write_shards
from smocrawl.report.language import Language, load
from smocrawl.report.pictures import Pictures
from smocrawl.report.sections.added import added
from smocrawl.report.sections.changes import changes
from smocrawl.report.sections.cover import cover
from smocrawl.report.sections.details import Details, Share
from smocrawl.report.sections.explorer import Explorer, explorer
from smocrawl.report.sections.feeds import feeds
from smocrawl.report.sections.links import links
from smocrawl.report.sections.method import method
from smocrawl.report.sections.platforms import platforms
from smocrawl.report.sections.previews import previews
from smocrawl.report.sections.score import score
from smocrawl.report.sections.section import Section
from smocrawl.report.sections.summary import summary
from smocrawl.report.sections.tactics import tactics
from smocrawl.report.sections.top_fixes import top_fixes
from smocrawl.store.database import Database

STATIC = Path(__file__).parent / "static"

STYLES = (
    "tokens", "ground", "frame", "cover", "lists", "charts", "cards", "drawings", "explorer", "mirrored", "narrow", "print",
)  # fmt: skip
SCRIPTS = ("start", "table", "drawer", "contents")
"""Files of static/css and static/js in the order in which they are joined."""


def render(
    database: Database,
    run_id: int,
    folder: Path,
    *,
    brand: Brand | str | Path | None = None,
    language: str = "en",
    catalogue: Catalogue | None = None,
    form: str = "auto",
    spelled: Callable[[str], str | None] = as_it_stands,
    share: Share | None = None,
) -> Path:
    """Write the report of one run into *folder*, whole or not at all; gives the path of its page.

    *form*: one of :data:`smocrawl.report.forms.FORMS`.  *spelled*: an address that a page names as the crawl asks it.
    *share*: other processes for the details of the pages, which take half of the time; only without *catalogue*.
    """
    crawl = Crawl(database, run_id, catalogue or installed(), load(language), spelled)
    report = build(crawl)
    details = _details(crawl, report, None if catalogue else share)
    chosen = choose(form, details)
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    try:
        # The tables first: while this process writes them others are at the details.
        write_tables(unfinished, crawl, report.sections)
        with (unfinished / "index.html").open("w", encoding="utf-8") as stream:
            stream.writelines(html(report, crawl, brands.load(brand), chosen))
        if chosen.is_folder:
            write_shards(unfinished / "data", chosen)
        _put(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder / "index.html"


def _put(unfinished: Path, folder: Path) -> None:
    """In place of what stood there before, if anything."""
    if folder.exists():
        old = unfinished.with_name(f"{unfinished.name}.old")
        folder.rename(old)
        unfinished.rename(folder)
        shutil.rmtree(old)
    else:
        unfinished.rename(folder)


@frozen
class Report:
    """The sections in order, and the pictures that they show."""

    sections: tuple[Section, ...]
    pictures: Pictures

    @property
    def explorer(self) -> Explorer | None:
        """None where no page was read."""
        return next((section for section in self.sections if isinstance(section, Explorer)), None)


def build(crawl: Crawl) -> Report:
    """Every section as plain values."""
    pictures = Pictures(crawl.thumb)
    drawer = Drawer(crawl, pictures)
    fixes = top_fixes(crawl)
    begin = (cover(crawl, drawer), summary(crawl, fixes))
    if not crawl.pages:
        return Report((*begin, method(crawl)), pictures)
    return Report(
        (
            *begin, score(crawl), fixes, previews(crawl, drawer), platforms(crawl, drawer), tactics(crawl), links(crawl),
            feeds(crawl), explorer(crawl), changes(crawl, drawer), *added(crawl), method(crawl),
        ),
        pictures,
    )  # fmt: skip


def _details(crawl: Crawl, report: Report, share: Share | None) -> Details:
    known = report.explorer.data["checks"] if report.explorer else ()
    checks = {check[0]: number for number, check in enumerate(known)}
    return Details(crawl, checks, share)


DATA = Markup("<!--data-->")
"""Stands in for the data while the page is made; nothing that was crawled can hold it, for every ``<`` is escaped."""


def html(report: Report, crawl: Crawl, brand: Brand, form: Form) -> Iterator[str]:
    """The page in parts, with its style and script inside and named by their hashes."""
    style, script = _style(crawl, brand), joined("js", SCRIPTS)
    page = environment(crawl.language).get_template("page.html").render(
        sections=report.sections, pictures=report.pictures, crawl=crawl, brand=brand, language=crawl.language,
        data=DATA,
        style=Markup(style), script=Markup(script),  # noqa: S704 - our own files
        policy=policy(style, script, beside=form.is_folder),
    )  # fmt: skip
    begin, _, end = page.partition(DATA)
    yield begin
    yield from data_parts(report.explorer.data, form) if report.explorer else ("null",)
    yield end


def environment(language: Language) -> Environment:
    """Escapes everything, and stops at a name that does not exist."""
    made = Environment(
        loader=PackageLoader("smocrawl.report"),
        bytecode_cache=Compiled(),
        optimized=False,  # what a filter makes of a constant is the language's, and must not be kept
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    install: Any = made
    install.install_gettext_callables(language.texts.gettext, language.texts.ngettext, newstyle=True)
    made.filters["number"] = language.number
    made.filters["date"] = language.date
    made.filters["breakable"] = breakable
    return made


def breakable(host: str) -> Markup:
    """A host that may be broken behind its dots, where it finds no room."""
    return Markup("<wbr>").join(re.split(r"(?<=\.)", host))


def policy(style: str, script: str, *, beside: bool = False) -> str:
    """Content Security Policy of a page that loads nothing from anywhere; *beside*: scripts of its own folder."""
    parts = [
        "default-src 'none'", "img-src data:", f"style-src '{_hash(style)}'", "base-uri 'none'", "form-action 'none'",
    ]  # fmt: skip
    if script:
        own = "'self' " if beside else ""
        parts.insert(3, f"script-src {own}'{_hash(script)}'")
    return "; ".join(parts)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def joined(kind: str, names: tuple[str, ...]) -> str:
    return "\n".join((STATIC / kind / f"{name}.{kind}").read_text(encoding="utf-8").strip() for name in names)


def _style(crawl: Crawl, brand: Brand) -> str:
    """The style sheets, places on a scale of 0 to 100, the line at the foot of paper, and the agency's colour."""
    return "\n".join((joined("css", STYLES), *places(), _paper_foot(crawl, brand), *accent(brand)))


def _paper_foot(crawl: Crawl, brand: Brand) -> str:
    """Domain, date and the agency's note in the margin of each printed page."""
    letters = "font:400 8pt sans-serif;color:#5b6673"
    said = for_style(f"{crawl.domain}  {crawl.language.date(crawl.run.started)}")
    note = f'@bottom-center{{content:"{for_style(brand.note)}";{letters}}}' if brand.note else ""
    return f'@media print{{@page{{@bottom-left{{content:"{said}";{letters}}}{note}}}}}'


def for_style(text: str) -> str:
    """Nothing but letters, digits, dots and blanks goes into a style."""
    return re.sub(r"[^\w .:,-]", "", text)


def places() -> Iterator[str]:
    """Classes for places in per cent: the policy allows no style attributes."""
    yield "".join(f".at-{place}{{inset-inline-start:{place}%}}.up-{place}{{bottom:{place}%}}" for place in range(101))


def accent(brand: Brand) -> Iterator[str]:
    colours = brand.accents()
    if colours:
        yield f":root{{--accent:{colours['light']}}}"
        yield f"@media screen and (prefers-color-scheme:dark){{:root{{--accent:{colours['dark']}}}}}"


def domain_style() -> str:
    return joined("css", ("tokens", "ground", "frame", "lists", "mirrored"))
