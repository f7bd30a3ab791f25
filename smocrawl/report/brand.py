"""The agency's own name, logo and colour on a report."""

from __future__ import annotations

import base64
import colorsys
import logging
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

logger = logging.getLogger(__name__)

HEX = re.compile(r"#[0-9a-fA-F]{6}")

WASH = {"light": "#f4f6f8", "dark": "#181e26"}
"""The grounds on which the colour must be readable; the same values stand in static/css/tokens.css."""

CONTRAST = 4.5
"""WCAG 2.2, criterion 1.4.3: least contrast of body text."""

FAULT_HUES = {"high": 20, "blocker": 345}
"""Hues of the fault colours: an accent nearby makes links look like faults."""

NEAR = 20

KEYS: Mapping[str, type] = {
    "name": str, "accent": str, "logo": str, "client": str, "note": str, "footer": str, "hide_tool_name": bool,
}  # fmt: skip
"""Of a brand file, with the type of each."""

LOGO_TYPES = {".png": "image/png", ".svg": "image/svg+xml", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
LOGO_BYTES = 200_000


class BrandError(ValueError):
    """A brand file cannot be used; the text names the file and the key."""


@frozen(kw_only=True)
class Brand:
    """What a client sees of the agency; empty = the report stands on its own."""

    name: str = ""
    accent: str = ""
    """One hex colour; its lightness is moved until it can be read."""
    logo: str = ""
    """A data: URI."""
    client: str = ""
    note: str = ""
    """The line at the top right and at the foot of each printed page, such as ``Confidential``."""
    footer: str = ""
    hide_tool_name: bool = False
    """The report does not say which program made it."""

    def accents(self) -> dict[str, str]:
        """The colour for each scheme; empty where none is chosen."""
        return {scheme: readable(self.accent, ground) for scheme, ground in WASH.items()} if self.accent else {}


def load(source: Brand | str | Path | None) -> Brand:
    """A brand as it is, or from a TOML file with the keys of KEYS."""
    if isinstance(source, Brand):
        return source
    if not source:
        return Brand()
    return _read(Path(source))


def _read(file: Path) -> Brand:
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BrandError(f"{file} cannot be read: {error}") from error
    for key, value in said.items():
        if key not in KEYS:
            raise BrandError(f"{file}: {key!r} is not known; known are {', '.join(KEYS)}.")
        if not isinstance(value, KEYS[key]):
            raise BrandError(f"{file}: {key} must be {'true or false' if KEYS[key] is bool else 'written as text'}.")
    if (accent := said.get("accent", "")) and not HEX.fullmatch(accent):
        raise BrandError(f"{file}: accent must be a colour such as #2447c5, not {accent!r}.")
    _warn_of_pale_colours(accent)
    _warn_of_fault_colours(accent)
    logo = _logo(file, file.parent / said["logo"]) if said.get("logo") else ""
    return Brand(**{**said, "logo": logo})


def _logo(file: Path, picture: Path) -> str:
    kind = LOGO_TYPES.get(picture.suffix.lower())
    try:
        data = picture.read_bytes()
    except OSError as error:
        raise BrandError(f"{file}: logo {picture} cannot be read: {error}") from error
    if not kind or len(data) > LOGO_BYTES:
        raise BrandError(f"{file}: logo must be a PNG, SVG or JPEG of at most {LOGO_BYTES // 1000} kB.")
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _warn_of_pale_colours(accent: str) -> None:
    """The colour is moved, never refused; whoever chose it is told what became of it."""
    for scheme, ground in WASH.items() if accent else ():
        if (used := readable(accent, ground)) != accent:
            logger.warning(
                "The accent %s has a contrast of %.1f on the %s ground (needed: %.1f): %s is used there.",
                accent, contrast(accent, ground), scheme, CONTRAST, used,
            )  # fmt: skip


def _warn_of_fault_colours(accent: str) -> None:
    if not accent:
        return
    hue = colorsys.rgb_to_hls(*_rgb(accent))[0] * 360
    for name, fault in FAULT_HUES.items():
        if min(abs(hue - fault), 360 - abs(hue - fault)) <= NEAR:
            logger.warning(
                "The accent %s is close to the colour of %s faults: links would look like faults.", accent, name
            )


def readable(colour: str, ground: str) -> str:
    """*colour* with its hue kept and its lightness moved until it stands out from *ground*."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    step = -0.01 if luminance(ground) > 0.5 else 0.01
    while contrast(colour, ground) < CONTRAST:
        lightness = min(1.0, max(0.0, lightness + step))
        colour = "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
