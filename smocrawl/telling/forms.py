"""What a webhook sends: everything as JSON, or one message in the form that a chat takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from attrs import asdict

from smocrawl.report.language import load
from smocrawl.report.message import Message
from smocrawl.report.message_words import lines, subject

FORMAT = 1
"""Of our own form; raised when a field goes or changes its meaning."""

MOST = 1_900
"""Characters of a chat's message: Discord takes 2,000."""

MENTION = re.compile(r"@(?=everyone|here|channel|all|&|!|\d)|<(?=[!@#])", re.IGNORECASE)
"""What calls people in a chat, or leads to a person or a room."""


def body_of(form: str, message: Message, id: str, language: str) -> Mapping[str, Any]:
    """*message* in *form* (one of ``smocrawl.telling.FORMS``)."""
    if form == "smocrawl":
        return _whole(message, id)
    said = load(language)
    return CHATS[form](subject(message, said), "\n".join(lines(message, said)), message.report_url)


def _whole(message: Message, id: str) -> Mapping[str, Any]:
    told = asdict(message, value_serializer=_plain)
    return {
        "type": f"crawl.{message.event}", "id": id, "format": FORMAT, "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
        "data": {**told, "moved": message.moved},
    }  # fmt: skip


def _plain(_: object, __: object, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if hasattr(value, "__fspath__") else value


def _quiet(text: str) -> str:
    """*text* in which nobody is called: names of pages are the crawled site's words."""
    text = MENTION.sub(lambda found: f"{found[0]}\u200b", text)
    return text if len(text) <= MOST else text[: MOST - 1] + "…"


def _slack(head: str, text: str, url: str) -> Mapping[str, Any]:
    # Slack's own escape of its three control characters; mrkdwn off where text is shown as it is.
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": head[:150], "emoji": False}},
        {"type": "section", "text": {"type": "plain_text", "text": _quiet(text), "emoji": False}},
    ]
    if url:
        button = {"type": "button", "text": {"type": "plain_text", "text": "Report"}, "url": url}
        blocks.append({"type": "actions", "elements": [button]})
    return {"text": _quiet(f"{head}\n{escaped}"), "blocks": blocks}


def _teams(head: str, text: str, url: str) -> Mapping[str, Any]:
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
        "body": [
            {"type": "TextBlock", "text": _no_markdown(head), "weight": "Bolder", "size": "Medium", "wrap": True},
            *({"type": "TextBlock", "text": _no_markdown(line), "wrap": True, "spacing": "Small"}
              for line in _quiet(text).splitlines() if line),
        ],
    }  # fmt: skip
    if url:
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Report", "url": url}]
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def _no_markdown(text: str) -> str:
    """An Adaptive Card reads links, lists and emphasis out of its texts."""
    return re.sub(r"([\\*_\[\]])", r"\\\1", re.sub(r"^- ", "• ", text))


def _discord(head: str, text: str, url: str) -> Mapping[str, Any]:
    return {"content": _quiet("\n".join(filter(None, (head, text)))), "allowed_mentions": {"parse": []}, "flags": 4}


def _google_chat(head: str, text: str, url: str) -> Mapping[str, Any]:
    return {"text": _quiet(f"{head}\n{text}").replace("<", "‹")}


CHATS: Mapping[str, Callable[[str, str, str], Mapping[str, Any]]] = {
    "slack": _slack, "teams": _teams, "discord": _discord, "google-chat": _google_chat,
}  # fmt: skip
