"""The text of a microdata property, laid out as extruct does it with html-text.

Blocks begin on a line of their own, inline elements are set apart by a blank unless punctuation follows, and scripts
and styles say nothing. Unlike html-text this reads the shared tree, which need not be copied and cleaned first.
"""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.budget import Budget
from smocrawl.extract.words import words

LINES = words(
    """article aside br dd details div dt fieldset figcaption footer form header hr legend li main nav table tr"""
)
PARAGRAPHS = words("blockquote dl figure h1 h2 h3 h4 h5 h6 ol p pre title ul")
SILENT = words("script style link meta")
NO_BLANK_BEFORE = ',:;.!?")'


class Layout:
    """What has been written so far."""

    def __init__(self) -> None:
        self.chunks: list[str] = []
        self.length = 0
        self.before: str | None = None
        """The last text as it stands in the source; None behind a line end."""
        self.lines = 2
        """Line ends just written; at most two."""
        self.pending: list[str] = []
        """Texts that only silent elements part: they read as one."""

    def write(self, chunk: str) -> None:
        self.chunks.append(chunk)
        self.length += len(chunk)

    def end_line(self, tag: str) -> None:
        """Break the line where an element of this name begins or ends."""
        self.flush()
        wanted = 2 if tag in PARAGRAPHS else 1 if tag in LINES else 0
        if wanted > self.lines:
            self.write("\n" * (wanted - self.lines))
            self.lines, self.before = wanted, None

    def flush(self) -> None:
        """Write the pending text."""
        if not self.pending:
            return
        source = "".join(self.pending)
        self.pending.clear()
        if text := " ".join(source.split()):
            self.write((" " if self.apart(text) else "") + text)
            self.before, self.lines = source, 0

    def apart(self, text: str) -> bool:
        """Whether a blank parts *text* from what stands before."""
        if self.before is None:
            return False
        last = self.before[-1]
        return last.isspace() or (text[0] not in NO_BLANK_BEFORE and last != "(")


def laid_out(element: HtmlElement, budget: Budget) -> str:
    """The text inside, at most ``limits.VALUE`` characters; each event of the walk is a step of *budget*."""
    if element.tag in SILENT:
        return ""
    if not len(element):
        return " ".join((element.text or "").split())[: limits.VALUE]
    layout = Layout()
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        budget.spend()
        silent = one.tag in SILENT
        if event == "start":
            if silent:
                walk.skip_subtree()
                continue
            layout.end_line(str(one.tag))
            layout.pending.append(one.text or "")
        elif one is not element:
            if not silent:
                layout.end_line(str(one.tag))
            layout.pending.append(one.tail or "")
        if layout.length > limits.VALUE * 2:
            break
    layout.flush()
    return "".join(layout.chunks).strip()[: limits.VALUE]
