"""How much memory a process takes with all that it started."""

from __future__ import annotations

import resource
from collections import defaultdict
from pathlib import Path

PROCESSES = Path("/proc")


def memory_of(root: int) -> int:
    """Bytes that *root* and its descendants hold for themselves; 0 on systems that do not tell (no Linux)."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for entry in PROCESSES.glob("[0-9]*"):
        if parent := _parent(entry):
            children[parent].append(int(entry.name))
    total, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        total += _own(process)
        waiting += children[process]
    return total


def _parent(entry: Path) -> int | None:
    try:
        # «pid (name) state parent …»; the name may hold anything.
        return int((entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return None


def _own(process: int) -> int:
    """Resident pages less those shared with others (libraries, mostly)."""
    try:
        _, resident, shared, *_ = (PROCESSES / str(process) / "statm").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * resource.getpagesize()
