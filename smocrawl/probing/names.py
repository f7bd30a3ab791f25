"""In whose name a page is asked for: a browser, and the preview bots whose whole User-Agent is known."""

from __future__ import annotations

from smocrawl.registry import all_platforms

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
"""What the bots' answers are compared with."""

MOST = 20
"""Bots in whose name one page is asked for."""

GUARDED = frozenset({"google-discover"})
"""Servers look for false Googlebots, and shut out the address from which one came."""


def named_bots() -> tuple[str, ...]:
    """User-Agents of preview bots, each once; one that is known in part alone would be nobody's."""
    agents = (platform.bot.agent for name, platform in all_platforms().items() if name not in GUARDED)
    whole = (agent for agent in agents if agent and "…" not in agent and agent.isascii() and agent != "many")
    return tuple(dict.fromkeys(whole))[:MOST]
