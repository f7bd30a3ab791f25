"""Tells everybody who wants to know; gives a line for each, told or not."""

from __future__ import annotations

from smocrawl.network.gate import Refused
from smocrawl.report.message import Message
from smocrawl.telling import mail, webhook
from smocrawl.telling.wishes import Wishes


def tell(wishes: Wishes, message: Message) -> tuple[list[str], list[str]]:
    """(lines on who was told, lines on who could not be).  Never raises for what a receiver does."""
    told: list[str] = []
    failed: list[str] = []
    if wishes.webhook is not None:
        try:
            told.append(f"Told the webhook at {webhook.send(wishes.webhook, message, wishes.language)}.")
        except (webhook.NotTold, Refused) as error:
            failed.append(f"The webhook was not told: {error}.")
    if wishes.mail is not None:
        try:
            mail.send(wishes.mail, message, wishes.language)
            told.append(f"Mailed to {', '.join(wishes.mail.to)}.")
        except (mail.NotMailed, OSError) as error:
            failed.append(f"The mail was not sent: {error}.")
    return told, failed
