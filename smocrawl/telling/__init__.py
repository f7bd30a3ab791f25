"""Tells people and programs how a crawl went: a signed webhook, a mail.  What fails here never fails the crawl."""

from smocrawl.telling.told import tell
from smocrawl.telling.wishes import (
    FORMS,
    SECRETS,
    TellingError,
    Wishes,
    mail_addresses,
    mail_server,
    read_wishes,
    web_address,
)

__all__ = [
    "FORMS",
    "SECRETS",
    "TellingError",
    "Wishes",
    "mail_addresses",
    "mail_server",
    "read_wishes",
    "tell",
    "web_address",
]
