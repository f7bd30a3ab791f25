"""What must hold after each crawl, for Spidermon."""

from spidermon import Monitor, MonitorSuite, monitors

LEAST_SCORE = 90


@monitors.name("The crawl")
class CrawlMonitor(Monitor):
    @monitors.name("came to its end")
    def test_came_to_its_end(self):
        self.assertIn(self.data.stats.get("smo/exit_code"), (0, 3))

    @monitors.name("has a good score")
    def test_score(self):
        self.assertGreaterEqual(self.data.stats.get("smo/score", 0), LEAST_SCORE)


class AfterCrawl(MonitorSuite):
    monitors = [CrawlMonitor]
    # monitors_failed_actions = [SendSlackMessageSpiderFinished]  # Spidermon has more: Telegram, Discord, mail, Sentry …


class SpidermonAddon:
    """Puts Spidermon beside smocrawl's own extensions instead of in their place."""

    def update_settings(self, settings):
        settings["EXTENSIONS"]["spidermon.contrib.scrapy.extensions.Spidermon"] = 900
        settings.set("SPIDERMON_ENABLED", True, "addon")
        settings.set("SPIDERMON_SPIDER_CLOSE_MONITORS", ["monitors.AfterCrawl"], "addon")
