"""``python -m benchmarks [--count N] [--rounds N] [--pages DIR] [--analysis-only]``."""

from __future__ import annotations

import argparse
import shutil
import socket
import tempfile
from pathlib import Path

from benchmarks import analysis, crawls, pages, server, small

ANALYSED = 60
"""Pages whose analysis is timed; more change nothing."""


def main() -> None:
    options = arguments()
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    if options.small:
        crawl_small(options.small, origin, port)
        return
    with tempfile.TemporaryDirectory(prefix="smocrawl-bench-") as made:
        folder = Path(made) / "site"
        folder.mkdir()
        count = take(options.pages, folder) if options.pages else options.count
        if not options.pages:
            pages.write(folder, count, origin)
        files = sorted(folder.glob("*.html"))
        weight = sum(file.stat().st_size for file in files) / len(files)
        print(f"{count} pages of {weight / 1e3:.0f} kB on average\n")
        step = max(1, len(files) // ANALYSED)
        timed = [(f"{origin}/{file.name}", file.read_bytes()) for file in files[::step]]
        print("\n".join(analysis.measure(timed).lines()), flush=True)
        if options.analysis_only:
            return
        listed = Path(made) / "urls.txt"
        listed.write_text("\n".join(f"{origin}/{file.name}" for file in files), "utf-8")
        with server.running(folder, port):
            found = crawls.compare(crawls.variants(origin, listed, Path(made) / "reports"), options.rounds)
        print(f"\nstart-up included; medians of {options.rounds} interleaved rounds; ratios to the first line")
        print("\n".join(crawls.table(found, count)))


def crawl_small(count: int, origin: str, port: int) -> None:
    """What a crawl of *count* small pages holds, in memory and on the disk."""
    with tempfile.TemporaryDirectory(prefix="smocrawl-bench-") as made, server.running(count, port):
        ran = crawls.run(crawls.whole_site(origin, Path(made)))
        weight = small.weigh(Path(made), count)
    print(f"{count:,} pages of {len(small.page('/p/1', count) or b'') / 1e3:.1f} kB with {small.LINKS} links each")
    print(
        f"{count / ran.seconds:.1f} pages/s, {ran.cpu / count * 1e3:.1f} CPU-ms a page, {ran.seconds / 60:.0f} minutes"
    )
    print(f"peak of all processes {ran.peak / 1e6:.0f} MB, store {weight:.1f} kB a page")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=pages.__doc__)
    parser.add_argument("--count", type=int, default=300, help="pages of the generated site")
    parser.add_argument("--rounds", type=int, default=3, help="times that each crawl runs")
    parser.add_argument("--pages", type=Path, metavar="DIR", help="use the .html files below DIR instead")
    parser.add_argument("--small", type=int, metavar="N", help="instead: the memory of a crawl of N small pages")
    parser.add_argument("--analysis-only", action="store_true", help="no crawls, only what one page costs")
    return parser.parse_args()


def take(source: Path, folder: Path) -> int:
    """Copies real pages under plain names; how many."""
    found = sorted(source.rglob("*.html"))
    for number, file in enumerate(found):
        shutil.copyfile(file, folder / f"{number}.html")
    return len(found)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
