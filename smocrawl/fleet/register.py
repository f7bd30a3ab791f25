"""The table of the sites: who may write, what became of each.  Every answer comes from PostgreSQL, nothing is remembered."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib import resources
from typing import Any

import psycopg
from attrs import frozen
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from smocrawl.clients.ledger import Tried
from smocrawl.fleet import Lost
from smocrawl.fleet.pace import CONNECTING
from smocrawl.spiders.options import ArgumentError
from smocrawl.store.runs import Run

DATABASE = "SMO_FLEET_DATABASE"
"""Name of the environment variable; its value holds a password and is shown nowhere."""

LOCK = 0x534D4F43
"""Of the advisory locks: one machine at a time makes the tables, and writes the joint page."""


@frozen(kw_only=True)
class Row:
    """What is known of one site."""

    folder: str
    token: int = 0
    holder: str = ""
    job: int | None = None
    baseline: int | None = None
    run: Run | None = None
    tried: Tried | None = None
    result: Mapping[str, Any] | None = None


def read_address(text: str | None) -> str:
    """The address of the database, checked without ever quoting it."""
    if not text:
        raise ArgumentError(f"{DATABASE} is not set. Name the database there: postgresql://user:password@host/name.")
    wrong = f"{DATABASE} is no address of a PostgreSQL database; it looks like postgresql://user:password@host/name."
    try:
        given = conninfo_to_dict(text)
    except psycopg.ProgrammingError:
        raise ArgumentError(wrong) from None
    # A slash in a password makes its beginning a port, which libpq would quote.
    if not set(str(given.get("port") or "")) <= set("0123456789,"):
        raise ArgumentError(wrong)
    limits = {"connect_timeout": CONNECTING, "tcp_user_timeout": CONNECTING * 1000}
    return make_conninfo(text, **{**limits, **{name: given[name] for name in limits if name in given}})


@frozen
class Register:
    """*address*: as :func:`read_address` gives it.  Each call makes a connection: they are seconds apart."""

    address: str

    @contextlib.contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[dict[str, Any]]]:
        with psycopg.connect(self.address, row_factory=dict_row) as connection:
            yield connection

    @contextlib.contextmanager
    def alone(self) -> Iterator[psycopg.Connection[dict[str, Any]]]:
        """One machine at a time, until the block ends."""
        with self._connected() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
            yield connection

    def prepare(self) -> None:
        """Make the table where it is not there yet."""
        with self.alone() as connection:
            connection.execute((resources.files(__package__) / "schema.sql").read_bytes())

    def claim(self, folder: str, origin: int, *, holder: str, newest: int) -> Row | None:
        """A token that is greater than every one before, *newest* of the shared place too; None: *origin* is done."""
        with self._connected() as connection:
            connection.execute("INSERT INTO smocrawl_site (folder) VALUES (%s) ON CONFLICT DO NOTHING", (folder,))
            found = connection.execute(
                "UPDATE smocrawl_site SET token = greatest(token, %(newest)s) + 1, holder = %(holder)s,"
                " baseline = CASE WHEN claimed = %(job)s THEN baseline END, claimed = %(job)s"
                " WHERE folder = %(folder)s AND job IS DISTINCT FROM %(job)s RETURNING *",
                {"folder": folder, "job": origin, "holder": holder, "newest": newest},
            ).fetchone()
        return _row(found) if found else None

    def begin(self, row: Row, finished: int) -> None:
        """Note the last *finished* run of the store from which the job goes out."""
        self._write("UPDATE smocrawl_site SET baseline = %s WHERE folder = %s AND token = %s", row, finished)

    def holds(self, row: Row, job: int, worker: int) -> bool:
        """Tell that *worker* lives; whether the job is still its own."""
        with self._connected() as connection:
            connection.execute("SELECT procrastinate_update_heartbeat_v1(%s)", (worker,))
            found = connection.execute(
                "SELECT 1 FROM smocrawl_site, procrastinate_jobs AS job WHERE folder = %s AND token = %s"
                " AND job.id = %s AND job.status = 'doing' AND job.worker_id = %s",
                (row.folder, row.token, job, worker),
            ).fetchone()
        return found is not None

    def record(self, row: Row, origin: int, run: Run | None, tried: Tried, result: Mapping[str, Any]) -> None:
        """What became of the job; :class:`Lost` where another machine has it."""
        self._write(
            "UPDATE smocrawl_site SET job = %s, started = %s, state = %s, tried = %s, code = %s, said = %s, failures = %s,"
            " not_told = %s, result = %s WHERE folder = %s AND token = %s",
            row, origin, run.started if run else None, run.state if run else None, tried.at, tried.code, _plain(tried.said),
            tried.failures, _plain(tried.not_told), Jsonb(result),
        )  # fmt: skip

    def _write(self, sql: str, row: Row, *values: object) -> None:
        with self._connected() as connection:
            if not connection.execute(sql, (*values, row.folder, row.token)).rowcount:
                raise Lost(f"{row.folder} was taken over by another machine")

    def rows(self, connection: psycopg.Connection[dict[str, Any]] | None = None) -> dict[str, Row]:
        """All sites by folder."""
        with contextlib.nullcontext(connection) if connection else self._connected() as using:
            return {one["folder"]: _row(one) for one in using.execute("SELECT * FROM smocrawl_site")}

    def just_started(self, seconds: float) -> bool:
        """Whether the database came up so lately that the silence of workers may be its own."""
        with self._connected() as connection:
            sql = "SELECT now() - pg_postmaster_start_time() < make_interval(secs => %s) AS young"
            found = connection.execute(sql, (seconds,)).fetchone()
        return bool(found and found["young"])


def _plain(text: str) -> str:
    """PostgreSQL takes no NUL; what a crawl said may hold one."""
    return text.replace("\0", "")


def _row(said: Mapping[str, Any]) -> Row:
    run = None
    if isinstance(said["started"], datetime):
        run = Run(id=0, started=said["started"], state=said["state"] or "", home="", options={}, audience="", notes=())
    tried = None
    if said["tried"]:
        tried = Tried(at=said["tried"], **{name: said[name] for name in ("code", "said", "failures", "not_told")})
    return Row(
        folder=said["folder"], token=said["token"], holder=said["holder"] or "", job=said["job"],
        baseline=said["baseline"], run=run, tried=tried, result=said["result"],
    )  # fmt: skip
