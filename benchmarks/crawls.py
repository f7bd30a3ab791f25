"""Runs the crawls in turn, each in a process of its own, and compares what they cost."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

BARE, INLINE, WORKERS, NAIVE, ADVERTOOLS = "bare Scrapy", "audit, inline", "audit, 2 workers", "naive", "advertools"

PEEK = 0.1
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Variant:
    """One way to crawl the listed pages."""

    name: str
    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Ran:
    seconds: float
    cpu: float
    peak: int
    """Bytes held at once by the process and all below it; 0 where the system does not tell."""


def variants(origin: str, listed: Path, reports: Path) -> list[Variant]:
    scrapy = str(Path(sys.executable).with_name("scrapy"))
    crawlers = (sys.executable, "-m", "benchmarks.crawlers")
    # Without «full» every crawl after the first would take over what that one has read.
    asked = ("-a", f"urls={listed}", "-a", "fresh=1", "-a", "full=1")
    audit = (scrapy, "smo-crawl", origin, *asked, "-s", "LOG_LEVEL=ERROR")
    ours = (("SMO_REPORTS", str(reports)), ("SMO_PROGRESS", "0"))
    others = (Variant(ADVERTOOLS, (*crawlers, "advertools", str(listed))),) if find_spec("advertools") else ()
    return [
        Variant(BARE, (*crawlers, "bare", str(listed))),
        Variant("bare Scrapy, uvloop", (*crawlers, "uvloop", str(listed))),
        Variant(INLINE, audit, (*ours, ("SMO_WORKERS", "0"))),
        Variant(WORKERS, audit, (*ours, ("SMO_WORKERS", "2"))),
        Variant(NAIVE, (*crawlers, "naive", str(listed))),
        *others,
    ]


def whole_site(origin: str, reports: Path) -> Variant:
    """Our crawl of everything that links lead to."""
    scrapy = str(Path(sys.executable).with_name("scrapy"))
    return Variant(
        "audit",
        (scrapy, "smo-crawl", origin, "-s", "LOG_LEVEL=ERROR"),
        (("SMO_REPORTS", str(reports)), ("SMO_PROGRESS", "0"), ("SMO_WORKERS", "2")),
    )


def compare(chosen: Sequence[Variant], rounds: int) -> dict[str, list[Ran]]:
    """Interleaved, so that a busy minute of the machine strikes all alike."""
    found: dict[str, list[Ran]] = {variant.name: [] for variant in chosen}
    for _ in range(rounds):
        for variant in chosen:
            try:
                if variant.name in found:
                    found[variant.name].append(run(variant))
            except RuntimeError as error:
                if variant.name != ADVERTOOLS:
                    raise
                # Somebody else's program: ours shall be measured all the same.
                sys.stderr.write(f"Left out: {error}\n")
                del found[variant.name]
    return found


def run(variant: Variant) -> Ran:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with subprocess.Popen(
        variant.command,
        env={**environment(), **dict(variant.environment)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        peaks = [0]
        watcher = threading.Thread(target=watch, args=(process, peaks), daemon=True)
        watcher.start()
        said = process.communicate()[1]
    # 3 = finished but incomplete: the listed pages are no whole site.
    if process.returncode not in (0, 3):
        raise RuntimeError(f"{variant.name} ended with {process.returncode}: {said.decode()[-2000:]}")
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(time.monotonic() - began, cpu, max(peaks))


def environment() -> dict[str, str]:
    """Ours, without proxies (the server is on this machine) and with Python's cache of compiled modules."""
    left_out = "PYTHONDONTWRITEBYTECODE"
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower() and name != left_out}
    # advertools asks for a plain «scrapy», which is that of this environment.
    return {**kept, "PATH": os.pathsep.join((str(Path(sys.executable).parent), kept.get("PATH", "")))}


def watch(process: subprocess.Popen[bytes], peaks: list[int]) -> None:
    while process.poll() is None:
        peaks.append(memory(process.pid))
        time.sleep(PEEK)


def memory(root: int) -> int:
    """Bytes that a process and its descendants hold now, from /proc."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue  # it has ended meanwhile
    family = {root}
    for _ in range(3):
        family |= {pid for pid, parent in parents.items() if parent in family}
    return sum(map(resident, family))


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        return 0


def table(found: dict[str, list[Ran]], count: int) -> list[str]:
    """Medians; ratios are taken within each round, to the first crawl of that round."""
    first = next(iter(found.values()))
    rows = [f"{'':22} {'pages/s':>8} {'ratio':>6} {'CPU-ms':>7} {'ratio':>6} {'peak MB':>8}"]
    for name, runs in found.items():
        speed = median(base.seconds / one.seconds for base, one in zip(first, runs, strict=True))
        cost = median(one.cpu / base.cpu for base, one in zip(first, runs, strict=True))
        pages, cpu = median(count / one.seconds for one in runs), median(one.cpu / count * 1e3 for one in runs)
        rows.append(
            f"{name:22} {pages:8.1f} {speed:6.2f} {cpu:7.2f} {cost:6.2f} {max(r.peak for r in runs) / 1e6:8.0f}"
        )
    return rows
