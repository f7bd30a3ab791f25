"""The owner's places (domains and accounts) and the ways between them: the facts of the report's map of links."""

from __future__ import annotations

from typing import Any

from smocrawl.site.desk import Desk
from smocrawl.site.page_facts import host_of

MOST = 60
"""Accounts, and domains, that are told: more is no map."""

ACCOUNTS = """
WITH least AS (SELECT min(3, max(1, (SELECT count(*) FROM html_page))) AS pages),
named AS (
    SELECT platform, handle, min(url) AS address FROM same_as
    WHERE platform NOT IN ('wikipedia', 'wikidata', 'crunchbase', 'orcid')
    GROUP BY platform, handle
    HAVING max(page = (SELECT home FROM this_run)) OR count(DISTINCT page) >= (SELECT pages FROM least)
    UNION ALL
    SELECT 'x', twitter_site, 'https://x.com/' || twitter_site FROM said
    WHERE twitter_site IS NOT NULL GROUP BY twitter_site HAVING count(*) >= (SELECT pages FROM least)
)
SELECT platform, handle, min(address) AS url, max(pages) AS pages, max(rel_me) AS rel_me, max(named) AS named
FROM (
    SELECT platform, handle, address, pages, rel_me, 0 AS named FROM own_profile
    UNION ALL
    SELECT platform, handle, address, 0, 0, 1 FROM named
)
GROUP BY platform, handle
ORDER BY pages DESC, platform, handle LIMIT ?
"""
"""Accounts that the frame of the pages links to, and those that the markup names as the owner's."""

CLOSED = """
SELECT social.platform, count(DISTINCT social.page) AS pages FROM social
JOIN this_run ON this_run.id = social.run
JOIN html_page ON html_page.url = social.page
WHERE social.sort = 'dead' AND NOT social.in_main
GROUP BY social.platform
HAVING count(DISTINCT social.page) >= min(3, max(1, (SELECT count(*) FROM html_page)))
ORDER BY pages DESC, social.platform LIMIT ?
"""

HOSTS = """
CREATE TEMP TABLE page_host (url INTEGER PRIMARY KEY, host TEXT NOT NULL);
INSERT INTO page_host
SELECT url, CASE WHEN host LIKE 'www.%' THEN substr(host, 5) ELSE host END
FROM (SELECT url, substr(rest, 1, instr(rest || '/', '/') - 1) AS host
      FROM (SELECT url, substr(address, instr(address, '//') + 2) AS rest FROM html_page));
"""

WAYS = """
SELECT source.host AS src, target.host AS dst, count(DISTINCT internal_link.src) AS pages
FROM internal_link
JOIN page_host AS source ON source.url = internal_link.src
JOIN page_host AS target ON target.url = internal_link.dst
WHERE source.host != target.host
GROUP BY source.host, target.host
ORDER BY pages DESC LIMIT ?
"""


def places(desk: Desk) -> dict[str, Any]:
    """``accounts``, ``closed``, ``domains`` and the ``ways`` between those that were read: (from, to, pages)."""
    rows = desk.database.rows
    desk.database.connection.executescript(HOSTS)
    read = rows("SELECT host, count(*) AS pages FROM page_host GROUP BY host ORDER BY pages DESC, host LIMIT ?", MOST)
    linked = {row["host"] for row in rows("SELECT DISTINCT host FROM outside_host")}
    known = {host_of(f"//{row['host']}") for row in read}
    others = [row["host"] for row in rows("SELECT host FROM own_domain ORDER BY host LIMIT ?", MOST)]
    return {
        "accounts": [dict(row) for row in rows(ACCOUNTS, MOST)],
        "closed": [dict(row) for row in rows(CLOSED, MOST)],
        "domains": [
            *({"host": row["host"], "pages": row["pages"], "linked": None} for row in read),
            *({"host": host, "pages": 0, "linked": host in linked} for host in others if host not in known),
        ],
        "ways": [tuple(row) for row in rows(WAYS, MOST)] if len(read) > 1 else [],
    }
