"""A project's own stats collector: writes them to a file when the spider closes."""

import json
from pathlib import Path

from scrapy.statscollectors import MemoryStatsCollector


class KeptStats(MemoryStatsCollector):
    def close_spider(self, spider=None, reason=None):
        Path("stats.json").write_text(json.dumps(self.get_stats(), default=str), encoding="utf-8")
