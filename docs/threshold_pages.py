"""The page of docs/reference/ with every number by which the checks judge, written from where each stands."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator

from docs.platform_pages import table
from smocrawl.checks import thresholds
from smocrawl.registry import all_site_checks

SITE_LIMITS = """`pass` and `warn` are the shares or numbers up to, or from, which a check passes and warns. They stand on the source and
the grade of the check's own page, unless the last column says something else."""
ENDLESS = 10**8
"""From here on a number stands for "no limit"."""


def page(written: str) -> str:
    pages = sorted(_of_pages())
    sites: list[tuple[str, ...]] = [
        (
            f"[`{one.id}`](../checks/{one.id}.md)",
            ", ".join(f"{name} {value:g}" for name, value in one.limits.items()),
            one.limit_reason,
        )
        for one in sorted(all_site_checks().values(), key=lambda one: one.id)
        if one.limits
    ]
    return "\n\n".join([
        "# Thresholds",
        f"Every number by which the checks judge. A client's audience file may set any of them. {written}",
        "## Checks of pages",
        "A span in brackets is what passes and, behind it, what only warns.",
        table(("name", "value", "meaning"), pages),
        "## Checks of the whole site",
        SITE_LIMITS,
        table(("check", "limits", "on what they stand"), sites),
    ]) + "\n"  # fmt: skip


def _of_pages() -> Iterator[tuple[str, ...]]:
    """Names as audience files write them, each with the sentence below it; several may share one."""
    known = thresholds.all_thresholds()
    waiting: list[str] = []
    for one in ast.parse(inspect.getsource(thresholds)).body:
        if isinstance(one, ast.Assign):
            names = (name for target in one.targets for name in ast.walk(target) if isinstance(name, ast.Name))
            waiting += [name.id.lower() for name in names if name.id.lower() in known]
        elif isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant):
            said = " ".join(str(one.value.value).split()).replace("|", "\\|")
            yield from ((name, f"`{_told(known[name])}`", said) for name in waiting)
            waiting.clear()


def _told(value: thresholds.Threshold) -> str:
    if isinstance(value, thresholds.Range):
        return f"[{_span(value.good_from, value.good_to)}], [{_span(value.fair_from, value.fair_to)}]"
    if isinstance(value, tuple):
        return "×".join(map(str, value))
    return f"{value:,}"


def _span(low: float, high: float) -> str:
    return f"{low:g} and more" if high >= ENDLESS else f"{low:g} to {high:g}"
