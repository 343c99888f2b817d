"""What somebody sees as a story goes on, picture by picture, joined to a strip for each story: script/film_strip."""

import io
import os
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page

# Where strips go; where nobody names a folder, no picture is taken.
FOLDER = "LINJULI_FILM"
_A_ROW, _GAP, _HEAD = 8, 16, 28
_TALLEST = 1500
_PAPER, _INK = (110, 110, 110), (255, 255, 255)


class Film:
    """The pictures of one story."""

    def __init__(self, story: str) -> None:
        folder = os.environ.get(FOLDER)
        self.path = Path(folder) / f"{story}.png" if folder else None
        self.pictures: list[tuple[str, Image.Image]] = []
        self._seen: dict[Page, bytes] = {}

    def take(self, page: Page, whose: str) -> None:
        """The whole page as it is now, unless it looks as it did the last time."""
        if self.path is None or page.url == "about:blank":
            return
        body = page.screenshot(full_page=True, animations="disabled", caret="hide")
        if self._seen.get(page) != body:
            self._seen[page] = body
            self.pictures.append((whose, _small(body)))

    def join(self) -> None:
        if self.path and self.pictures:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _strip(self.pictures).save(self.path, optimize=True)


def _small(body: bytes) -> Image.Image:
    with Image.open(io.BytesIO(body)) as picture:
        return picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, _TALLEST)))


def _strip(pictures: Sequence[tuple[str, Image.Image]]) -> Image.Image:
    """Row below row; over each picture its number and whose phone it is."""
    rows = [pictures[n : n + _A_ROW] for n in range(0, len(pictures), _A_ROW)]
    width = max(picture.width for _whose, picture in pictures) + _GAP
    heights = [max(picture.height for _whose, picture in row) + _HEAD + _GAP for row in rows]
    strip = Image.new("RGB", (width * min(len(pictures), _A_ROW) + _GAP, sum(heights)), _PAPER)
    pen, font, number = ImageDraw.Draw(strip), ImageFont.load_default(18), 0
    for top, row in zip(_tops(heights), rows, strict=True):
        for column, (whose, picture) in enumerate(row):
            number += 1
            left = _GAP + column * width
            pen.text((left, top + 4), f"{number}  {whose}", fill=_INK, font=font)
            strip.paste(picture, (left, top + _HEAD))
    return strip


def _tops(heights: Sequence[int]) -> list[int]:
    return [sum(heights[:n]) for n in range(len(heights))]
