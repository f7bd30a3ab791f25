"""Whether the sources of a page (tags, structured data, feed, sitemap …) say the same, field by field."""

from __future__ import annotations

from attrs import frozen

from smocrawl.report.crawl import Crawl
from smocrawl.report.sections.section import PageLink, example
from smocrawl.site.agreement import FIELDS, SOURCES


@frozen(kw_only=True)
class Agreed:
    """One field in one source."""

    source: str
    """Its label."""
    pages: int
    """That state the field there and somewhere else."""
    agree: int
    """Of them: as the share tags do, or as the first other source where those are silent."""
    percent: int | None
    """None where no page states it there."""
    example: PageLink | None
    """A page that does not agree."""


@frozen(kw_only=True)
class FieldAgreement:
    """One field in all sources of the site."""

    field: str
    """Title, description, image, url, published, modified, author or language."""
    label: str
    cells: tuple[Agreed, ...]


@frozen(kw_only=True)
class Agreements:
    """The matrix: a row for each field, a column for each source that the site has."""

    sources: tuple[str, ...]
    """Labels of the columns."""
    rows: tuple[FieldAgreement, ...]
    pages: int
    """Pages worth sharing that were compared."""

    @property
    def disagrees(self) -> bool:
        """Whether any page says something else anywhere."""
        return any(cell.example for row in self.rows for cell in row.cells)


def agreements(crawl: Crawl) -> Agreements | None:
    """None where nothing is stated twice, or the crawl was judged before this was kept."""
    _ = crawl.language.gettext
    found = {
        (row["field"], row["source"]): row
        for row in crawl.database.rows("SELECT * FROM agreement WHERE run = ?", crawl.id)
    }
    if not found:
        return None
    names = {
        "title": _("Title"), "description": _("Description"), "image": _("Picture"), "url": _("Address"),
        "published": _("Published"), "modified": _("Changed"), "author": _("Author"), "language": _("Language"),
    }  # fmt: skip
    labels = {
        "open-graph": "Open Graph", "html": "HTML", "twitter": "twitter:", "json-ld": "JSON-LD", "microdata": "Microdata",
        "rdfa": "RDFa", "microformats": "Microformats", "oembed": "oEmbed", "feed": _("Feed"), "sitemap": _("Sitemap"),
    }  # fmt: skip
    shown = [source for source in SOURCES if any((name, source) in found for name in FIELDS)]
    rows = []
    for name in FIELDS:
        if not any((name, source) in found for source in shown):
            continue
        cells = []
        for source in shown:
            row = found.get((name, source))
            pages, agree = (row["pages"], row["agree"]) if row else (0, 0)
            cells.append(
                Agreed(
                    source=labels[source],
                    pages=pages,
                    agree=agree,
                    percent=_percent(agree, pages),
                    example=example(row["example"]) if row and row["example"] else None,
                )
            )
        rows.append(FieldAgreement(field=name, label=names[name], cells=tuple(cells)))
    looked_at = max(row["looked_at"] for row in found.values())
    return Agreements(sources=tuple(labels[source] for source in shown), rows=tuple(rows), pages=looked_at)


def _percent(agree: int, pages: int) -> int | None:
    """Rounded down: 100 means all."""
    return 100 * agree // pages if pages else None
