"""Reads a rendered page the way the tests need it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SHAPES = {"path", "rect", "line", "polyline", "use", "image", "circle"}


class Reader(HTMLParser):
    """Checks that every element is closed in order, and collects what a page names."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.faults = [], []
        self.ids, self.links, self.sources, self.handlers, self.styles, self.texts = [], [], [], [], [], []
        self.scripts, self.sheets, self.policy = [], [], ""
        # A place where a line may break parts no word.
        self.feed(text.replace("<wbr>", ""))
        self.close()
        self.faults += [f"never closed: {tag}" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag not in VOID and tag not in SHAPES:
            self.open.append(tag)
        if len(said) != len(attrs):
            self.faults.append(f"an attribute stands twice on {tag}")
        if tag == "script":
            self.scripts.append([said.get("type"), ""])
        if tag == "style":
            self.sheets.append("")
        if said.get("http-equiv") == "Content-Security-Policy":
            self.policy = said["content"]
        self.ids += [said["id"]] if "id" in said else []
        self.links += [said["href"]] if tag == "a" and "href" in said else []
        self.sources += [said[name] for name in ("src", "srcset", "poster", "data", "action") if name in said]
        self.sources += [said["href"]] if tag in ("image", "use", "link") and "href" in said else []
        self.handlers += [name for name in said if name.startswith("on")]
        self.styles += [tag] if "style" in said else []

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID and tag not in SHAPES:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in SHAPES:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]} in line {self.getpos()[0]}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if self.open and self.open[-1] == "script":
            self.scripts[-1][1] += data
        elif self.open and self.open[-1] == "style":
            self.sheets[-1] += data
        else:
            self.texts.append(data)

    @property
    def data(self):
        return json.loads(next(text for kind, text in self.scripts if kind == "application/json"))

    @property
    def code(self):
        return next(text for kind, text in self.scripts if kind is None)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.texts))


def hash_of(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def read(path):
    return Reader(path.read_text(encoding="utf-8"))
