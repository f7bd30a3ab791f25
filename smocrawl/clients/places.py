"""Lines of a TOML file, so that a message can point at the key that is wrong: the parser tells values alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

TABLE = re.compile(r"\s*(\[\[?)\s*([\w.\"' -]+?)\s*\]\]?\s*(#.*)?$")
KEY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*[.=]""")
INNER = re.compile(r"""[{,]\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*=""")


class Places:
    """Where each key of each table stands; tables of an array are told apart by their number."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, int, str], int] = {}
        counted: dict[str, int] = {}
        table = ""
        for number, line in enumerate(text.splitlines(), 1):
            if found := TABLE.match(line):
                table = found[2].replace('"', "").replace("'", "").replace(" ", "")
                if found[1] == "[[":
                    counted[table] = counted.get(table, -1) + 1
                self._note(table, counted, "", number)
                continue
            for key in _keys(line):
                self._note(table, counted, key, number)

    def _note(self, table: str, counted: dict[str, int], key: str, number: int) -> None:
        at = counted.get(table.partition(".")[0], 0)
        self._lines.setdefault((table, at, key), number)

    def line(self, table: str, at: int, key: str = "") -> int:
        """The line of *key* in the *at*-th *table* (or in a table inside it); that of the table, or 0, where it is not seen."""
        inside = [line for (name, number, said), line in self._lines.items()
                  if said == key and number == at and (name == table or name.startswith(f"{table}."))]  # fmt: skip
        return min(inside, default=0) or self._lines.get((table, at, ""), 0)


def _keys(line: str) -> Iterator[str]:
    if line.lstrip().startswith("#"):
        return
    if found := KEY.match(line):
        yield next(filter(None, found.groups()), "")
    for inner in INNER.finditer(line):
        yield next(filter(None, inner.groups()), "")
