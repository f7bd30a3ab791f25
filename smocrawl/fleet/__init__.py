"""Many sites on many machines: jobs in PostgreSQL (Procrastinate), stores and reports in one shared place (fsspec)."""

from __future__ import annotations

__all__ = ["Lost"]


class Lost(Exception):  # noqa: N818 - not an error: another machine has the site now
    """This job was taken over."""
