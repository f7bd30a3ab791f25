"""Writes docs/checks/, docs/facts/, docs/platforms/ and docs/reference/ from the code and the case files; ``--check`` fails where a page is stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from docs import fact_pages, platform_pages, reference_pages
from smocrawl.checks.base import Declaration, Tactic
from smocrawl.registry import all_checks, all_site_checks

ROOT = Path(__file__).parent
CASES = ROOT.parent / "tests" / "checks"

TACTICS: Mapping[Tactic, str] = {
    Tactic.T1: "Increase the linkability",
    Tactic.T2: "Easily tag or bookmark",
    Tactic.T3: "Easy to share content",
    Tactic.T4: "Offer genuine information",
    Tactic.T5: "Reward helpful users",
    Tactic.T6: "Keep everything up to date",
    Tactic.T7: "Mix social media links",
    Tactic.T8: "Own strategy for each audience",
    Tactic.T9: "Original and fresh",
}

GRADES = {
    "A": "written by the platform or a standard",
    "B": "read in a consumer's source code, or the shipped default of a known tool",
    "C": "measured by third parties, or several agreeing secondary sources",
    "D": "our own judgement",
}

LONGEST_EXAMPLE = 40
"""Lines of an example; a whole realistic page belongs into the test, its head into the docs."""


def pages() -> Iterator[tuple[str, str]]:
    """(file name, text) of every generated page."""
    checks: dict[str, Declaration] = {**all_checks(), **all_site_checks()}
    for name, check in sorted(checks.items()):
        yield f"{name.replace('/', '-')}.md", check_page(check, whole_site=name in all_site_checks())
    yield "README.md", index(checks)


def check_page(check: Declaration, *, whole_site: bool) -> str:
    about = {
        "Looks at": "the whole site" if whole_site else "each page",
        "Tactic": f"{check.tactic.value} {TACTICS[check.tactic]}",
        "Severity": check.severity.value + (f", caps the page score at {check.cap}" if check.cap is not None else ""),
        "Page kinds": ", ".join(kind.value for kind in check.kinds) or "all to which it applies",
        "Platforms": ", ".join(check.platforms),
        "Mended by": check.owner,
        "Since": f"{check.since}, revision {check.revision}",
        "Source": f"<{check.source}> (grade {check.grade}: {GRADES[check.grade]})",
    }
    parts = [
        f"# {check.title}",
        f"`{check.id}`",
        "\n".join(["| | |", "|---|---|", *(f"| {name} | {text} |" for name, text in about.items())]),
        f"**Why.** {check.why}",
        f"**Fix.** {check.fix}",
    ]
    if check.accept:
        parts.append(f"**Done when.** {check.accept}")
    parts.append(f"**It says.** {check.says}" + (f"\n\n**As a warning.** {check.warns}" if check.warns else ""))
    if check.causes:
        parts.append(
            "**Or, by cause.**\n\n" + "\n".join(f"- `{cause}`: {text}" for cause, text in check.causes.items())
        )
    if check.time_dependent:
        parts.append("Its outcome can change with time alone, without any change of the page.")
    parts += [*examples(check), f"Declared in `{check.origin.split(':')[0]}`."]
    return "\n\n".join(parts) + "\n"


def examples(check: Declaration) -> Iterator[str]:
    """One failing and one passing case: the files that the tests run."""
    folder = CASES / check.id
    files = sorted(folder.glob("*.html")) if folder.is_dir() else []
    bad = next((file for file in files if not passes(file)), None)
    good = next((file for file in files if passes(file)), None)
    for title, file in (("Found", bad), ("Passed", good)):
        if file is not None:
            lines = file.read_text(encoding="utf-8").strip().splitlines()
            cut = lines[:LONGEST_EXAMPLE] + (["…"] if len(lines) > LONGEST_EXAMPLE else [])
            yield f"## {title}: {file.stem.replace('-', ' ')}\n\n```html\n" + "\n".join(cut) + "\n```"


def passes(case: Path) -> bool:
    first = case.read_text(encoding="utf-8").split("-->", 1)[0]
    return "expect: none" in first or "expect: passed" in first


def index(checks: Mapping[str, Declaration]) -> str:
    parts = ["# Checks", f"{len(checks)} checks, by tactic. Written by `make docs`; do not edit by hand."]
    for tactic, name in TACTICS.items():
        rows = [check for check in sorted(checks.values(), key=lambda one: one.id) if check.tactic is tactic]
        if rows:
            table = [
                f"| [`{one.id}`]({one.id.replace('/', '-')}.md) | {one.title} | {one.severity.value} |" for one in rows
            ]
            parts.append(
                f"## {tactic.value} {name}\n\n"
                + "\n".join(["| check | what it finds | severity |", "|---|---|---|", *table])
            )
    return "\n\n".join(parts) + "\n"


def main(words: list[str]) -> int:
    written = {
        "checks": dict(pages()),
        "facts": dict(fact_pages.pages()),
        "platforms": dict(platform_pages.pages()),
        "reference": dict(reference_pages.pages()),
    }
    return max(renew(ROOT / name, wanted, only_check="--check" in words) for name, wanted in written.items())


def renew(folder: Path, wanted: Mapping[str, str], *, only_check: bool) -> int:
    """Make the folder hold these pages and no others; or say which do not, and give 1."""
    folder.mkdir(exist_ok=True)
    have = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.md")}
    stale = sorted(name for name in wanted.keys() | have.keys() if wanted.get(name) != have.get(name))
    if only_check:
        if stale:
            sys.stderr.write(f"docs/{folder.name} is stale ({', '.join(stale[:5])} …): run make docs\n")
        return 1 if stale else 0
    for name in stale:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    sys.stdout.write(f"{len(wanted)} pages in docs/{folder.name}, {len(stale)} rewritten\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
