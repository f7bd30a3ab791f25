"""``python -m benchmarks.accuracy SUITE FOLDER [--only FILE] [--misses]``: FOLDER is a clone of the suite's project."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.accuracy import Verdict, articles, encodings, feeds, microformats, table

SUITES: dict[str, Callable[[Path], Iterator[Verdict]]] = {
    "metascraper": articles.metascraper,
    "readability": articles.readability,
    "goose3": articles.goose,
    "newspaper4k": articles.newspaper,
    "htmldate": articles.htmldate,
    "feedvalidator": feeds.feedvalidator,
    "microformats": microformats.suite,
    "mojibake": encodings.mojibake,
    "apache-manual": encodings.manual,
}

LENGTH = 160
"""Characters of a value that are printed."""


def main() -> None:
    shapes = "; ".join(f"{name}: {(suite.__doc__ or '').splitlines()[0]}" for name, suite in SUITES.items())
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__, epilog=shapes)
    parser.add_argument("suite", choices=SUITES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what was asserted, and what was found instead")
    parser.add_argument(
        "--only", type=Path, metavar="FILE", help="measure the cases that FILE names, one a line (# begins a comment)"
    )
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # what a reader says of broken input is no part of the figures
    verdicts = list(SUITES[options.suite](options.folder))
    if not verdicts:
        parser.error(f"{options.folder} holds nothing of {options.suite}")
    if options.only:
        try:
            wanted = _names(options.only)
        except (OSError, UnicodeDecodeError) as problem:
            parser.error(f"--only {options.only} cannot be read: {problem}")
        if unknown := wanted - {one.case for one in verdicts}:
            parser.error(f"--only {options.only}: {options.suite} asserts nothing of {', '.join(sorted(unknown))}")
        verdicts = [one for one in verdicts if one.case in wanted]
    print("\n".join(table(verdicts)))
    for one in verdicts:
        if options.misses and not one.right:
            print(f"{one.case}  {one.field}: {one.wanted[:LENGTH]!r}")
            for value in one.found:
                print(f"    {value[:LENGTH]!r}")


def _names(file: Path) -> set[str]:
    """The cases that *file* names."""
    lines = (line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines())
    return {line for line in lines if line}


if __name__ == "__main__":
    main()
