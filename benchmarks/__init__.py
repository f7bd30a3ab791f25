"""How fast smocrawl is, as ratios to what any crawl costs: ``python -m benchmarks`` (``make bench``)."""
