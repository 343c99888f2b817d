"""A canvas of 1200 × 900 with the few strokes that the scenes are made of."""

from random import Random

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 900
type Colour = tuple[int, int, int]
type Box = tuple[float, float, float, float]


class Canvas:
    """Strokes onto one picture; chance in them comes out the same each time."""

    def __init__(self, picture: Image.Image, plate: str = "") -> None:
        self.picture, self.plate = picture, plate
        self.pen = ImageDraw.Draw(picture)
        self.chance = Random(plate or "scene")  # noqa: S311 - blades of grass

    def fade(self, box: Box, top: Colour, bottom: Colour) -> None:
        """A rectangle that passes from one colour to another, downwards."""
        left, upper, right, lower = (int(n) for n in box)
        column = (1, lower - upper)
        downwards = Image.linear_gradient("L").resize(column)
        faded = Image.composite(Image.new("RGB", column, bottom), Image.new("RGB", column, top), downwards)
        self.picture.paste(faded.resize((right - left + 1, lower - upper), Image.Resampling.NEAREST), (left, upper))

    def box(self, box: Box, fill: Colour, edge: Colour | None = None) -> None:
        self.pen.rectangle(box, fill=fill, outline=edge, width=4 if edge else 0)

    def line(self, points: list[tuple[float, float]], colour: Colour, width: int) -> None:
        self.pen.line(points, fill=colour, width=width, joint="curve")

    def shape(self, points: list[tuple[float, float]], fill: Colour) -> None:
        self.pen.polygon(points, fill=fill)

    def oval(self, box: Box, fill: Colour) -> None:
        self.pen.ellipse(box, fill=fill)

    def text(self, at: tuple[float, float], text: str, size: int, fill: Colour) -> None:
        """Figures and Latin letters only: Pillow's own font knows no others."""
        self.pen.text(at, text, fill=fill, font=ImageFont.load_default(size), anchor="mm")

    def bush(self, x: float, y: float, size: float, green: Colour) -> None:
        """A round of leaves, standing on ``y``."""
        for _ in range(26):
            dx, dy = self.chance.uniform(-1, 1) * size, -self.chance.uniform(0.1, 1.3) * size
            r = size * self.chance.uniform(0.2, 0.4)
            shade = self.chance.randint(-18, 18)
            red, grn, blue = (max(0, min(255, part + shade)) for part in green)
            self.oval((x + dx - r, y + dy - r, x + dx + r, y + dy + r), (red, grn, blue))

    def blades(self, box: Box, colour: Colour, number: int) -> None:
        """Grass."""
        left, upper, right, lower = box
        for _ in range(number):
            x, y = self.chance.uniform(left, right), self.chance.uniform(upper, lower)
            self.line([(x, y), (x + self.chance.uniform(-9, 9), y - self.chance.uniform(10, 30))], colour, 3)
