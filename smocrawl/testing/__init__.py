"""For those who write checks and platforms of their own, and for test suites: pages given as HTML, or as responses."""

from __future__ import annotations

from smocrawl.testing.cards import draw
from smocrawl.testing.pages import URL, Answer, judge
from smocrawl.testing.readiness import NotReady, assert_ready
from smocrawl.testing.responses import Served, served
from smocrawl.testing.sites import judge_site

__all__ = ["URL", "Answer", "NotReady", "Served", "assert_ready", "draw", "judge", "judge_site", "served"]
