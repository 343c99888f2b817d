"""Scenes of things that stand around: parcels and lockers, a charging shed, a tall wall, cameras on a pole."""

from demo.pictures.canvas import Canvas
from demo.pictures.outdoors import PAVING, SKY_LOW, SKY_TOP, houses
from demo.pictures.underneath import DARK, STEEL


def parcels(on: Canvas) -> None:
    houses(on)
    on.fade((0, 560, 1200, 900), PAVING, (140, 136, 130))
    for n, (left, top, right, lower) in enumerate(
        (
            (120, 640, 330, 800),
            (300, 700, 520, 850),
            (160, 520, 300, 640),
            (500, 600, 760, 820),
            (560, 500, 720, 600),
            (780, 700, 960, 840),
            (900, 620, 1080, 760),
        )
    ):
        shade = 196 - n * 8
        on.box((left, top, right, lower), (shade, shade - 42, shade - 90), (130, 96, 60))
        on.line([((left + right) / 2, top), ((left + right) / 2, lower)], (222, 200, 160), 14)
        on.box((left + 16, top + 20, left + 70, top + 56), (244, 244, 240))


def lockers(on: Canvas) -> None:
    houses(on)
    on.fade((0, 560, 1200, 900), PAVING, (140, 136, 130))
    on.shape([(100, 260), (1100, 260), (1060, 210), (140, 210)], (94, 104, 110))
    on.box((150, 260, 1050, 780), (60, 120, 90), (44, 92, 68))
    for row in range(5):
        for column in range(9):
            if column == 4:
                continue
            x, y = 168 + column * 98, 280 + row * 98
            on.box((x, y, x + 84, y + 84), (226, 232, 226), (170, 180, 172))
            on.oval((x + 66, y + 38, x + 76, y + 48), DARK)
    on.box((560, 300, 644, 420), (30, 40, 46))
    on.box((572, 314, 632, 380), (110, 190, 220))


def charging_shed(on: Canvas) -> None:
    houses(on)
    on.fade((0, 560, 1200, 900), PAVING, (150, 146, 138))
    on.shape([(60, 400), (1140, 400), (1090, 330), (110, 330)], (70, 110, 150))
    for x in (80, 430, 770, 1110):
        on.line([(x, 400), (x, 800)], (110, 116, 120), 16)
    for n in range(8):
        x = 120 + n * 130
        on.box((x, 480, x + 50, 560), (244, 244, 240), (120, 126, 130))
        on.oval((x + 16, 500, x + 34, 518), (80, 190, 110))
        on.line([(x + 25, 560), (x + 40, 640)], DARK, 6)
        on.oval((x - 20, 720, x + 40, 780), DARK)
        on.oval((x + 50, 720, x + 110, 780), DARK)
        on.shape([(x, 730), (x + 30, 650), (x + 80, 660), (x + 90, 740)], ((170, 70, 60), (60, 110, 150))[n % 2])


def tower(on: Canvas) -> None:
    """A tall wall, seen from below."""
    on.fade((0, 0, 1200, 900), SKY_TOP, SKY_LOW)
    on.shape([(300, 900), (900, 900), (760, 0), (440, 0)], (214, 198, 176))
    for row in range(13):
        y = 40 + row * 66
        half = 150 + row * 11
        for n in range(5):
            x = 600 - half + n * half / 2.5 + 12
            on.box((x, y, x + half / 4, y + 38), (126, 148, 164), (236, 232, 224))
    on.bush(140, 900, 120, (74, 122, 66))
    on.bush(1060, 900, 130, (74, 122, 66))


def cameras(on: Canvas) -> None:
    """Cameras on a pole that look up a wall."""
    on.fade((0, 0, 1200, 900), SKY_TOP, SKY_LOW)
    on.box((760, 0, 1200, 900), (206, 190, 168))
    for row in range(7):
        for column in range(3):
            x, y = 810 + column * 130, 40 + row * 120
            on.box((x, y, x + 80, y + 70), (128, 150, 166), (236, 232, 224))
    on.line([(300, 900), (300, 260)], STEEL, 26)
    on.line([(300, 300), (460, 300)], STEEL, 16)
    for x, y in ((430, 250), (250, 210)):
        on.shape([(x, y + 60), (x + 110, y), (x + 136, y + 40), (x + 26, y + 100)], (240, 240, 238))
        on.oval((x + 104, y - 4, x + 144, y + 46), DARK)


SCENES = {
    "parcels": parcels,
    "lockers": lockers,
    "charging_shed": charging_shed,
    "tower": tower,
    "cameras": cameras,
}
