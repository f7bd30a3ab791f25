"""Writes the demo site to disk, as a generator of static sites would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from smocrawl.demo.site import DemoSite

MOVED = range(300, 400)


def write(site: DemoSite, folder: Path) -> int:
    """Every page and file of *site* below *folder*, redirects and headers as rules for its host; the number of files."""
    files = dict(_files(site))
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return len(files)


def _files(site: DemoSite) -> Iterator[tuple[str, bytes]]:
    moved: list[str] = []
    headers: list[str] = []
    for path, answer in site.responses.items():
        if answer.status in MOVED:
            moved.append(f"{path} {answer.headers['Location']} {answer.status}")
            continue
        yield path.lstrip("/") + ("index.html" if path.endswith("/") else ""), answer.body
        if answer.headers:
            headers += [path, *(f"  {name}: {value}" for name, value in answer.headers.items())]
    yield "404.html", site.missing.body
    yield "_redirects", _lines(moved)
    yield "_headers", _lines(headers)


def _lines(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
