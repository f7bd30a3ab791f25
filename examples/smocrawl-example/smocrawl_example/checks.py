"""Checks of our own house."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from smocrawl.checks.base import Context, Said, Severity, Tactic, check, fail
from smocrawl.checks.whole_site import read_site_check
from smocrawl.page import Page


@check(
    "example/title-cut",
    title="The share title was cut by the editor's system",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="The share title ends in dots: “{title}”",
    source="https://ogp.me/",
    grade="D",
    owner="developer",
)
def title_cut(page: Page, context: Context) -> Iterator[Said]:
    """Why: Networks cut titles themselves, each where its card ends; a title that was cut before is cut twice.

    Fix: Let the template print the whole title into og:title.

    Accept: No og:title ends in dots.
    """
    title = page.meta("og:title") or ""
    if title.endswith(("…", "...")):
        yield fail(title=title)


UNNAMED_LANGUAGE = read_site_check(
    resources.files("smocrawl_example").joinpath("unnamed_language.sql").read_text(encoding="utf-8"),
    "smocrawl_example/unnamed_language.sql",
)
