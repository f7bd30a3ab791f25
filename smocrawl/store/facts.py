"""Facts to bytes and back: zlib over JSON, readable by any program without ours."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Collection, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar

import attrs
import msgspec

from smocrawl import garbage

try:
    # The same format in a quarter of the time; not built for every machine.
    from isal import isal_zlib
except ImportError:
    isal_zlib = None  # type: ignore[assignment]

logger = logging.getLogger(__name__)

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder()
FAST, SMALL = 1, 6
"""zlib levels: 1 costs a third of the time of 6 for a tenth more bytes; what repeats itself gains a quarter by 6."""

LARGE = 8_192
"""Bytes from which it matters how long packing takes."""
QUICK = 2
"""Level of isal at which facts are no larger than at zlib's :data:`FAST`."""

DAMAGED: tuple[type[Exception], ...] = (
    zlib.error, msgspec.MsgspecError, ValueError, TypeError, *((isal_zlib.error,) if isal_zlib else ()),
)  # fmt: skip
"""What reading a value raises that is damaged, or of another form."""

_inflate = isal_zlib.decompress if isal_zlib else zlib.decompress


_decoders: dict[type, msgspec.json.Decoder[Any]] = {}


def _decoder(shape: type) -> msgspec.json.Decoder[Any]:
    if shape not in _decoders:
        _decoders[shape] = msgspec.json.Decoder(shape)
    return _decoders[shape]


def pack(value: object, level: int = FAST) -> bytes:
    """*value* (attrs class, mapping, sequence …) as compressed JSON."""
    stated = _ENCODER.encode(_stated(value))
    if isal_zlib and level == FAST and len(stated) > LARGE:
        packed: bytes = isal_zlib.compress(stated, QUICK)
        return packed
    return zlib.compress(stated, level)


def _stated(value: object) -> object:
    """An attrs object by its fields alone: msgspec would write what its cached properties hold as well."""
    shape = type(value)
    if shape not in _names:
        _names[shape] = tuple(one.name for one in attrs.fields(shape)) if attrs.has(shape) else ()
    return {name: getattr(value, name) for name in _names[shape]} or value


_names: dict[type, tuple[str, ...]] = {}


class UnreadableError(ValueError):
    """A stored value is damaged, or of a version that this one cannot read."""


@garbage.put_off
def unpack(blob: bytes, shape: type[T]) -> T:
    """What :func:`pack` made, as *shape*; unknown fields are passed over, so an older store stays readable.

    Raises :class:`UnreadableError`.
    """
    try:
        decoded: T = _decoder(shape).decode(_inflate(blob))
    except DAMAGED as error:
        raise UnreadableError(f"{shape.__name__}: {error}") from error
    return decoded


_parts: msgspec.json.Decoder[dict[str, msgspec.Raw]] = msgspec.json.Decoder(dict[str, msgspec.Raw])


def unpack_without(blob: bytes, shape: type[T], names: Collection[str]) -> T:
    """Like :func:`unpack`, the fields *names* left at their defaults: what nobody looks at is not made into objects."""
    try:
        parts = _parts.decode(_inflate(blob))
        decoded: T = _decoder(shape).decode(_ENCODER.encode({key: parts[key] for key in parts.keys() - set(names)}))
    except DAMAGED as error:
        raise UnreadableError(f"{shape.__name__}: {error}") from error
    return decoded


def unpack_only(blob: bytes, shape: type[T], names: Collection[str]) -> T | None:
    """Like :func:`unpack_if_readable`, all fields but *names* left at their defaults: for who looks at a few of them."""
    try:
        parts = _parts.decode(_inflate(blob))
        decoded: T = _decoder(shape).decode(_ENCODER.encode({name: parts[name] for name in names if name in parts}))
    except DAMAGED as error:
        logger.warning("A stored value cannot be read: %s: %s", shape.__name__, error)
        return None
    return decoded


def differing(one: bytes, other: bytes) -> set[str]:
    """Names of the fields in which two packed values differ, as they are written; empty name = one cannot be read."""
    try:
        first, second = _parts.decode(_inflate(one)), _parts.decode(_inflate(other))
    except DAMAGED:
        return {""}
    return {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}


def unpack_if_readable(blob: bytes, shape: type[T], without: Collection[str] = ()) -> T | None:
    """Like :func:`unpack`, with None for what cannot be read; the log says it."""
    try:
        return unpack_without(blob, shape, without) if without else unpack(blob, shape)
    except UnreadableError as error:
        logger.warning("A stored value cannot be read: %s", error)
        return None


@lru_cache(maxsize=256)
def outcomes_of(stored: bytes | str) -> Mapping[str, str]:
    """A value of the view ``review_outcomes``: check id -> outcome.  Pages of one template share theirs: few are unpacked."""
    found: dict[str, str] = msgspec.json.decode(_inflate(stored) if isinstance(stored, bytes) else stored)
    return MappingProxyType(found)


def to_json(value: object) -> str:
    return _ENCODER.encode(value).decode()


def from_json(text: str | bytes) -> Any:
    return msgspec.json.decode(text)
