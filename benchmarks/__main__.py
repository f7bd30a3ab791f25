"""``python -m benchmarks [--count N] [--rounds N] [--pages DIR] [--small N | --addon | --analysis-only]``."""

from __future__ import annotations

import argparse
import socket
import tempfile
from pathlib import Path

from benchmarks import addon, analysis, crawls, goals, pages, real, server, small


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
        if options.pages:
            real.take(options.pages, folder, options.count, origin)
        else:
            pages.write(folder, options.count, origin)
        files = sorted(folder.glob("*.html"))
        if options.addon:
            with server.running(folder, port, addon.LATENCY):
                ran = addon.compare(origin, len(files), options.rounds)
            print("\n".join(map(str, [*addon.table(ran), *goals.of_addon(ran)])))
            return
        weight = sum(file.stat().st_size for file in files) / len(files)
        print(f"{len(files)} pages of {weight / 1e3:.0f} kB on average; medians of {options.rounds} rounds\n")
        cost = analysis.measure(folder, origin, options.rounds)
        print("\n".join(cost.lines()), flush=True)
        met = list(goals.of_analysis(cost))
        if not options.analysis_only:
            listed = Path(made) / "urls.txt"
            listed.write_text("\n".join(f"{origin}/{file.name}" for file in files), "utf-8")
            with server.running(folder, port):
                found = crawls.compare(crawls.variants(origin, listed, Path(made) / "reports"), options.rounds)
            print("\nstart-up included; rounds interleaved; ratios to the first line")
            print("\n".join(crawls.table(found, len(files))))
            met += goals.of_crawls(found)
        print("\ngoals")
        print("\n".join(map(str, met)))


def crawl_small(count: int, origin: str, port: int) -> None:
    """What a crawl of *count* small pages holds, in memory and on the disk."""
    with tempfile.TemporaryDirectory(prefix="smocrawl-bench-") as made, server.running(count, port):
        ran = crawls.run(crawls.whole_site(origin, Path(made)))
        weight = small.weigh(Path(made), count)
    print(f"{count:,} pages of {len(small.page('/p/1', count) or b'') / 1e3:.1f} kB with {small.LINKS} links each")
    print(
        f"{count / ran.seconds:.1f} pages/s, {ran.cpu / count * 1e3:.1f} CPU-ms a page, {ran.seconds / 60:.0f} minutes"
    )
    print("\n".join(map(str, goals.of_memory(ran.peak / 1e6, weight))))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=pages.__doc__)
    parser.add_argument("--count", type=int, default=300, help="pages of the generated site")
    parser.add_argument("--rounds", type=int, default=3, help="times that each crawl runs")
    parser.add_argument("--pages", type=Path, metavar="DIR", help="use the .html files below DIR, repeated up to N")
    parser.add_argument("--small", type=int, metavar="N", help="instead: the memory of a crawl of N small pages")
    parser.add_argument("--addon", action="store_true", help="instead: what the add-on costs another project's spider")
    parser.add_argument("--analysis-only", action="store_true", help="no crawls, only what one page costs")
    return parser.parse_args()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
