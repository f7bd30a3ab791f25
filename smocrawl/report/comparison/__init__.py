"""Several sites side by side, in the style of their reports: read from what is stored, part of no score."""

from smocrawl.report.comparison.render import FORMAT, LEAST, MOST, render_comparison

__all__ = ["FORMAT", "LEAST", "MOST", "render_comparison"]
