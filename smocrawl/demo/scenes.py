"""The motifs of the demo site's pictures: covers, shelves, stacks, sheets, thread, tools, people."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from random import Random

from attrs import frozen
from PIL import Image, ImageDraw, ImageFilter

Point = tuple[float, float]

PALETTES = (
    ("#e8dcc3", "#1f4e4a", "#c4552d", "#d9a441", "#7d9b8a", "#f6efe0"),
    ("#d7dfd6", "#2b3a55", "#b5533c", "#e0b15a", "#6f8fa3", "#f4f1e8"),
    ("#ecd9cf", "#4a2f45", "#c2673f", "#d8b15c", "#8a6f8f", "#fbf3ea"),
    ("#dfe3d0", "#3d4a2a", "#b4472e", "#d59b3b", "#8fa36a", "#f7f4e6"),
    ("#d5e0e3", "#143f52", "#d0673a", "#e6bb62", "#5c93a0", "#f5f2ea"),
    ("#efe0c9", "#5a2a27", "#2f6461", "#d7983f", "#a9745a", "#fbf4e6"),
)
"""Ground, dark, warm, gold, soft, paper."""


def palette_of(seed: int) -> tuple[str, ...]:
    return PALETTES[seed % len(PALETTES)]


@frozen
class Brush:
    """A canvas with the colours and the chance that belong to one picture."""

    canvas: Image.Image
    colours: tuple[str, ...]
    chance: Random

    @property
    def width(self) -> int:
        return self.canvas.width

    @property
    def height(self) -> int:
        return self.canvas.height

    def ground(self) -> None:
        """A table top: a slope from the ground colour to a darker one."""
        slope = Image.linear_gradient("L").resize(self.canvas.size)
        dark = Image.blend(Image.new("RGB", (1, 1), self.colours[0]), Image.new("RGB", (1, 1), self.colours[1]), 0.28)
        self.canvas.paste(self.colours[0], (0, 0, self.width, self.height))
        self.canvas.paste(dark.resize(self.canvas.size), (0, 0), slope)

    def lay(self, thing: Image.Image, middle: Point, angle: float) -> None:
        """Put a thing on the table, turned, with its shadow."""
        turned = thing.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
        x, y = round(middle[0] - turned.width / 2), round(middle[1] - turned.height / 2)
        depth = max(4, self.height // 60)
        shadow = turned.getchannel("A").reduce(8).filter(ImageFilter.BoxBlur(max(1, depth // 8))).resize(turned.size)
        self.canvas.paste("#2a2420", (x + depth, y + depth), shadow.point(lambda value: value * 2 // 5))
        self.canvas.paste(turned, (x, y), turned)

    def some(self, *indices: int) -> str:
        return self.colours[self.chance.choice(indices)]


# -- decorated paper ------------------------------------------------------------------------


def scallops(draw: ImageDraw.ImageDraw, box: tuple[int, int], brush: Brush, step: int) -> None:
    for row in range(box[1] // (step // 2) + 2, -2, -1):
        for column in range(-1, box[0] // step + 2):
            x, y = column * step + (row % 2) * step // 2, row * step // 2
            for ring, colour in ((0, 1), (step // 8, 3), (step // 4, 2)):
                edge = step // 2 - ring
                draw.ellipse((x - edge, y - edge, x + edge, y + edge), fill=brush.colours[colour])


def triangles(draw: ImageDraw.ImageDraw, box: tuple[int, int], brush: Brush, step: int) -> None:
    for x in range(0, box[0], step):
        for y in range(0, box[1], step):
            corners = [(x, y), (x + step, y), (x + step, y + step), (x, y + step)]
            del corners[brush.chance.randrange(4)]
            draw.polygon(corners, fill=brush.some(1, 2, 3, 4))


def leaves(draw: ImageDraw.ImageDraw, box: tuple[int, int], brush: Brush, step: int) -> None:
    for column in range(box[0] // step + 1):
        for row in range(box[1] // step + 1):
            x, y, half = column * step, row * step, step // 2
            first, second = brush.some(1, 4), brush.some(2, 3)
            draw.pieslice((x - half, y, x + half, y + step), 270, 360, fill=first)
            draw.pieslice((x, y + half, x + step, y + step + half), 180, 270, fill=second)


def waves(draw: ImageDraw.ImageDraw, box: tuple[int, int], brush: Brush, step: int) -> None:
    for row in range(-1, box[1] // (step // 3) + 3):
        points = [
            (x, row * step / 3 + math.sin(x / step * 2 * math.pi + row / 2) * step / 3)
            for x in range(0, box[0] + step, max(4, step // 8))
        ]
        draw.line(points, fill=brush.colours[(1, 2, 3, 4)[row % 4]], width=max(3, step // 7), joint="curve")


def dots(draw: ImageDraw.ImageDraw, box: tuple[int, int], brush: Brush, step: int) -> None:
    for row in range(box[1] // step + 2):
        for column in range(box[0] // step + 2):
            x, y = column * step + (row % 2) * step // 2, row * step
            edge = step // 3
            draw.ellipse((x - edge, y - edge, x + edge, y + edge), fill=brush.colours[1 + (row + column) % 4])
            draw.ellipse((x - edge // 3, y - edge // 3, x + edge // 3, y + edge // 3), fill=brush.colours[5])


def weave(draw: ImageDraw.ImageDraw, box: tuple[int, int], brush: Brush, step: int) -> None:
    for row in range(box[1] // step + 1):
        for column in range(box[0] // step + 1):
            x, y, gap = column * step, row * step, step // 6
            colour = brush.colours[1 + (row // 2 + column // 2) % 4]
            for strip in (0, 1, 2):
                at = strip * step // 3
                lying = (x, y + at, x + step - gap // 2, y + at + step // 4)
                standing = (x + at, y, x + at + step // 4, y + step - gap // 2)
                draw.rectangle(lying if (row + column) % 2 else standing, fill=colour)


PAPERS = (scallops, triangles, leaves, waves, dots, weave)


def paper(brush: Brush, width: int, height: int, *, step: int = 0) -> Image.Image:
    sheet = Image.new("RGBA", (width, height), brush.colours[5])
    pattern = brush.chance.choice(PAPERS)
    pattern(ImageDraw.Draw(sheet), (width, height), brush, step or max(24, width // brush.chance.choice((6, 8, 10))))
    return sheet


# -- scenes ---------------------------------------------------------------------------------


def book(brush: Brush, width: int, height: int) -> Image.Image:
    """A book in a paper-covered half binding: decorated sides, cloth spine, a label."""
    cover = paper(brush, width, height)
    draw = ImageDraw.Draw(cover)
    spine = width // 6
    draw.rectangle((0, 0, spine, height), fill=brush.colours[1])
    draw.line((spine, 0, spine, height), fill=brush.colours[3], width=max(2, width // 120))
    left, top = spine + width // 5, height // 6
    label = (left, top, width - width // 6, top + height // 5)
    draw.rectangle(label, fill=brush.colours[5], outline=brush.colours[1], width=max(2, width // 150))
    for line in (1, 2):
        y = top + line * height // 15
        draw.line((left + width // 12, y, width - width // 4, y), fill=brush.colours[1], width=max(3, height // 120))
    return cover


def cover(brush: Brush) -> None:
    brush.ground()
    sheet = paper(brush, brush.width // 2, brush.height, step=brush.height // 5)
    brush.lay(sheet, (brush.width * 0.2, brush.height * 0.52), brush.chance.uniform(-16, -6))
    wide = round(brush.height * 0.58)
    brush.lay(
        book(brush, wide, round(wide * 1.34)), (brush.width * 0.56, brush.height * 0.5), brush.chance.uniform(3, 9)
    )
    spool(brush, (brush.width * 0.86, brush.height * 0.68), brush.height // 9)


def pair(brush: Brush) -> None:
    brush.ground()
    wide = round(brush.height * 0.55)
    for at, angle in ((0.33, brush.chance.uniform(5, 14)), (0.66, brush.chance.uniform(-14, -5))):
        brush.lay(book(brush, wide, round(wide * 1.36)), (brush.width * at, brush.height * 0.5), angle)


def shelf(brush: Brush) -> None:
    brush.ground()
    draw = ImageDraw.Draw(brush.canvas)
    floor = round(brush.height * 0.86)
    x = brush.width // 24
    while x < brush.width * 0.95:
        wide = round(brush.height * brush.chance.uniform(0.06, 0.15))
        tall = round(brush.height * brush.chance.uniform(0.5, 0.74))
        colour = brush.some(1, 2, 3, 4)
        draw.rectangle((x, floor - tall, x + wide, floor), fill=colour)
        for band in (0.14, 0.2, 0.78):
            y = floor - tall + round(tall * band)
            draw.line((x, y, x + wide, y), fill=brush.colours[5], width=max(3, brush.height // 130))
        draw.rectangle(
            (x + wide // 5, floor - tall // 2, x + wide - wide // 5, floor - tall // 3), fill=brush.colours[5]
        )
        x += wide + max(3, brush.height // 200)
    draw.rectangle((0, floor, brush.width, brush.height), fill=brush.colours[1])
    draw.line((0, floor, brush.width, floor), fill=brush.colours[3], width=max(4, brush.height // 90))


def stack(brush: Brush) -> None:
    brush.ground()
    y, tall = brush.height * 0.9, brush.height * 0.115
    for _ in range(6):
        wide = round(brush.height * brush.chance.uniform(0.85, 1.2))
        block = Image.new("RGBA", (wide, round(tall)), brush.colours[5])
        draw = ImageDraw.Draw(block)
        for line in range(3, round(tall), max(4, round(tall) // 9)):
            draw.line((0, line, wide, line), fill="#d8ccb4", width=2)
        colour, board = brush.some(1, 2, 3, 4), round(tall / 6)
        draw.rectangle((0, 0, wide, board), fill=colour)
        draw.rectangle((0, round(tall) - board, wide, round(tall)), fill=colour)
        draw.rectangle((0, 0, wide // 14, round(tall)), fill=colour)
        brush.lay(block, (brush.width / 2 + brush.chance.uniform(-0.05, 0.05) * brush.width, y - tall / 2), 0)
        y -= tall
    spool(brush, (brush.width * 0.17, brush.height * 0.8), brush.height // 8)


def sheets(brush: Brush) -> None:
    brush.ground()
    wide, tall = round(brush.height * 0.52), round(brush.height * 0.8)
    for index in range(6):
        sheet = paper(brush, wide, tall)
        brush.lay(sheet, (brush.width * (0.2 + 0.12 * index), brush.height * (0.56 - 0.02 * index)), 18 - 7 * index)


def spool(brush: Brush, middle: Point, edge: float) -> None:
    """A reel of thread seen from above."""
    side = round(edge * 2)
    reel = Image.new("RGBA", (side + 2, side + 2), (0, 0, 0, 0))
    draw = ImageDraw.Draw(reel)
    draw.ellipse((0, 0, side, side), fill="#b98d5a")
    colour = brush.some(2, 3, 4)
    for ring in range(side // 10, side * 3 // 10, max(3, side // 40)):
        draw.ellipse((ring, ring, side - ring, side - ring), outline=colour, width=max(2, side // 60))
    hole = side * 2 // 5
    draw.ellipse((hole, hole, side - hole, side - hole), fill=brush.colours[1])
    brush.lay(reel, middle, 0)


def spools(brush: Brush) -> None:
    brush.ground()
    sheet = paper(brush, round(brush.width * 0.42), round(brush.height * 0.9))
    brush.lay(sheet, (brush.width * 0.76, brush.height * 0.5), -8)
    for x, y, size in ((0.16, 0.34, 6), (0.34, 0.62, 5), (0.17, 0.76, 8), (0.5, 0.28, 7), (0.56, 0.76, 7)):
        spool(brush, (brush.width * x, brush.height * y), brush.height / size)


def tools(brush: Brush) -> None:
    """Bone folder, awl and knife on a sheet of decorated paper."""
    brush.ground()
    brush.lay(
        paper(brush, round(brush.width * 0.6), round(brush.height * 0.72)), (brush.width / 2, brush.height / 2), 7
    )
    long, thick = round(brush.height * 0.75), round(brush.height * 0.085)
    for index, (handle, blade) in enumerate(
        (("#f3e9d2", "#f3e9d2"), ("#8a4b2d", "#b9bdc0"), (brush.colours[2], "#cfd3d4"))
    ):
        tool = Image.new("RGBA", (long, thick), (0, 0, 0, 0))
        draw = ImageDraw.Draw(tool)
        draw.rounded_rectangle((0, 0, long * 0.52, thick - 1), radius=thick // 2, fill=handle)
        draw.polygon([(long * 0.48, thick * 0.16), (long, thick * 0.5), (long * 0.48, thick * 0.84)], fill=blade)
        brush.lay(tool, (brush.width * (0.36 + 0.14 * index), brush.height * (0.42 + 0.1 * index)), 62 - 22 * index)


def portrait(brush: Brush) -> None:
    """A person in flat colours before a wall of decorated paper."""
    brush.canvas.paste(paper(brush, brush.width, brush.height, step=brush.height // 4).convert("RGB"))
    veil = Image.new("RGB", brush.canvas.size, brush.colours[0])
    brush.canvas.paste(Image.blend(brush.canvas, veil, 0.72))
    draw = ImageDraw.Draw(brush.canvas)
    x, u = brush.width / 2, brush.height / 100
    skin = brush.chance.choice(("#e2b48f", "#c58c63", "#8d5a3b", "#f0c9a8"))
    hair = brush.chance.choice(("#2d2320", "#6b4226", "#a9a39b", "#b5743a"))
    draw.ellipse((x - 24 * u, 14 * u, x + 24 * u, 66 * u), fill=hair)
    draw.rounded_rectangle((x - 38 * u, 70 * u, x + 38 * u, 130 * u), radius=round(22 * u), fill=brush.colours[1])
    draw.polygon([(x - 20 * u, 71 * u), (x + 20 * u, 71 * u), (x, 92 * u)], fill=brush.colours[5])
    draw.rectangle((x - 8 * u, 56 * u, x + 8 * u, 76 * u), fill=skin)
    draw.ellipse((x - 18 * u, 22 * u, x + 18 * u, 66 * u), fill=skin)
    draw.pieslice((x - 20 * u, 15 * u, x + 20 * u, 55 * u), 180, 360, fill=hair)
    for side in (-1, 1):
        draw.ellipse((x + (side * 8 - 1.6) * u, 43 * u, x + (side * 8 + 1.6) * u, 46.4 * u), fill="#2d2320")
    draw.arc((x - 8 * u, 46 * u, x + 8 * u, 58 * u), 30, 150, fill="#7c3b2a", width=round(1.4 * u))


def sign(brush: Brush) -> None:
    """The name of the house with its six papers, for pages that show the house itself."""
    strip = brush.width // 6 + 1
    for index in range(6):
        brush.canvas.paste(paper(brush, strip, brush.height, step=brush.height // 7).convert("RGB"), (index * strip, 0))
    wide = round(brush.height * 0.62)
    brush.lay(book(brush, wide, round(wide * 1.3)), (brush.width / 2, brush.height / 2), -4)


SCENES: Mapping[str, Callable[[Brush], None]] = {
    scene.__name__: scene for scene in (cover, pair, shelf, stack, sheets, spools, tools, portrait, sign)
}
