"""The plugin for other people's Scrapy projects: ``ADDONS = {"smocrawl.addon.SmoAddon": 500}``.

What the host's own spiders download is audited as it arrives.  Nothing is asked besides, and nothing of the host is
changed: one extension listens (:mod:`smocrawl.addon.watch`), one thread keeps the books (:mod:`smocrawl.addon.auditor`),
worker processes read (:mod:`smocrawl.addon.audit`), and each site has a store (:mod:`smocrawl.addon.sites`).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

ITEM_PLACE = 5
"""Order of the opt-in spider middleware: nearer to the engine than Scrapy's own (50–900), so that it sees what all others let through."""


TRIALS = frozenset({"check", "fetch", "parse", "shell", "view"})
"""Commands of Scrapy by which somebody tries something: a page asked by them is no crawl of a site."""


class SmoAddon:
    """Adds one extension, and with SMO_ITEM_SCORE one spider middleware; every other setting stays the host's."""

    def update_settings(self, settings: BaseSettings) -> None:
        from scrapy.exceptions import NotConfigured  # noqa: PLC0415 - workers import this package, and need no Scrapy

        if is_trial(sys.argv):
            raise NotConfigured  # without a reason: Scrapy says nothing
        try:
            added = _add(settings)
        except Exception as error:
            # An audit that cannot begin is no reason for a crawl not to begin: Scrapy says this line and goes on.
            raise NotConfigured(f"smocrawl cannot audit here: {error}") from error
        if not added:
            raise NotConfigured("SMO_ENABLED is off")


def is_trial(words: Sequence[str]) -> bool:
    """Whether these are the words of ``scrapy parse …`` and the like, by whatever way Scrapy was called."""
    program = Path(words[0]) if words else Path()
    is_scrapy = program.stem == "scrapy" or (program.stem, program.parent.name) == ("__main__", "scrapy")
    return is_scrapy and next((word for word in words[1:] if not word.startswith("-")), "") in TRIALS


def _add(settings: BaseSettings) -> bool:
    """Whether the host wants an audit; if so, its settings name our components."""
    from smocrawl.addon.terms import is_on, read_terms, wants_item_score  # noqa: PLC0415 - as above
    from smocrawl.addon.watch import Watch  # noqa: PLC0415 - as above

    if not is_on(settings):
        return False
    read_terms(settings)
    score = wants_item_score(settings)  # all are read before anything is added
    settings.setdefault_in_component_priority_dict("EXTENSIONS", Watch, 500)
    if score:
        from smocrawl.addon.items import ItemScore  # noqa: PLC0415 - as above

        settings.setdefault_in_component_priority_dict("SPIDER_MIDDLEWARES", ItemScore, ITEM_PLACE)
    return True
