"""Paints the demo site's pictures: still lifes of books and decorated paper, the same on every machine."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from random import Random
from zlib import crc32

from attrs import frozen
from PIL import Image, ImageChops, ImageDraw

from smocrawl.demo.scenes import SCENES, Brush, palette_of

FORMATS = {"jpg": ("JPEG", "image/jpeg"), "png": ("PNG", "image/png"), "webp": ("WEBP", "image/webp")}
QUALITY = 84
OVERSAMPLING = 2
"""Painted twice as large and halved, which is what smooths the edges."""


@frozen(kw_only=True)
class Picture:
    """One picture file; everything about it follows from these few facts."""

    name: str
    scene: str
    width: int = 1200
    height: int = 630
    ending: str = "jpg"
    grain: int = 0
    """Strength of a film grain, which makes a file heavy."""
    fine: bool = True
    """False: painted at its own size, in a quarter of the time and with steps at the edges."""

    @property
    def path(self) -> str:
        return f"/pictures/{self.name}-{self.width}x{self.height}.{self.ending}"

    @property
    def media_type(self) -> str:
        return FORMATS[self.ending][1]


@lru_cache(maxsize=256)
def paint(picture: Picture) -> bytes:
    """The bytes of the file."""
    canvas = _draw(picture)
    if picture.grain:
        canvas = _grainy(canvas, picture)
    out = BytesIO()
    canvas.save(out, FORMATS[picture.ending][0], quality=QUALITY)
    return out.getvalue()


def _draw(picture: Picture) -> Image.Image:
    seed = crc32(picture.name.encode())
    factor = OVERSAMPLING if picture.fine else 1
    size = (picture.width * factor, picture.height * factor)
    canvas = Image.new("RGB", size)
    brush = Brush(canvas, palette_of(seed), Random(seed))  # noqa: S311 - decoration, no secret
    SCENES[picture.scene](brush)
    return canvas.reduce(factor) if picture.fine else canvas


def _grainy(canvas: Image.Image, picture: Picture) -> Image.Image:
    """Grain from a seeded generator: Pillow's own noise differs from run to run."""
    chance = Random(picture.name)  # noqa: S311 - decoration, no secret
    noise = Image.frombytes("L", canvas.size, chance.randbytes(canvas.width * canvas.height))
    flat = Image.new("L", canvas.size, 128)
    return ImageChops.overlay(canvas, Image.merge("RGB", [Image.blend(flat, noise, picture.grain / 100)] * 3))


@lru_cache(maxsize=16)
def icon(edge: int, ending: str = "png") -> bytes:
    """The sign of the house: a folded sheet, sewn through the fold."""
    canvas = _sign(max(edge, 64) * 4).resize((edge, edge), Image.Resampling.LANCZOS)
    out = BytesIO()
    if ending == "ico":
        _sign(256).save(out, "ICO", sizes=[(16, 16), (32, 32), (48, 48)])
    else:
        canvas.save(out, "PNG", optimize=True)
    return out.getvalue()


def _sign(edge: int) -> Image.Image:
    canvas = Image.new("RGB", (edge, edge), "#1f4e4a")
    draw = ImageDraw.Draw(canvas)
    u = edge / 32
    draw.polygon([(5 * u, 8 * u), (15.4 * u, 11 * u), (15.4 * u, 26 * u), (5 * u, 23 * u)], fill="#f6efe0")
    draw.polygon([(27 * u, 8 * u), (16.6 * u, 11 * u), (16.6 * u, 26 * u), (27 * u, 23 * u)], fill="#e9d9b6")
    for y in (13, 17, 21):
        draw.line([(13.2 * u, (y - 0.6) * u), (18.8 * u, (y - 0.6) * u)], fill="#c4552d", width=max(1, round(1.3 * u)))
    return canvas


SIGN_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#1f4e4a" d="M0 0h32v32H0z"/>'
    '<path fill="#f6efe0" d="m5 8 10.4 3v15L5 23z"/><path fill="#e9d9b6" d="m27 8-10.4 3v15L27 23z"/>'
    '<path stroke="#c4552d" stroke-width="1.3" d="M13.2 12.4h5.6M13.2 16.4h5.6M13.2 20.4h5.6"/></svg>'
)
