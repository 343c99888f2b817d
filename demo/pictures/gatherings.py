"""Scenes where neighbours meet, and what is shared: no face is drawn, and nobody is meant."""

from demo.pictures.canvas import Canvas, Colour
from demo.pictures.outdoors import PAVING, houses
from demo.pictures.underneath import DARK, STEEL, room

RED = (190, 46, 42)
CLOTHES = ((70, 110, 160), (190, 80, 70), (210, 170, 80), (96, 140, 96), (130, 96, 150), (90, 94, 100))


def _somebody(on: Canvas, x: float, y: float, size: float, nth: int) -> None:
    """From the shoulders up, ``y`` is the chin."""
    coat: Colour = CLOTHES[nth % len(CLOTHES)]
    hair = ((50, 46, 44), (190, 188, 184), (70, 58, 50))[nth % 3]
    on.shape([(x - size, y + size * 2), (x - size * 0.7, y), (x + size * 0.7, y), (x + size, y + size * 2)], coat)
    on.oval((x - size * 0.55, y - size * 1.1, x + size * 0.55, y + size * 0.1), (226, 190, 160))
    on.oval((x - size * 0.58, y - size * 1.2, x + size * 0.58, y - size * 0.45), hair)


def table(on: Canvas) -> None:
    """One long table under lanterns."""
    houses(on)
    on.fade((0, 560, 1200, 900), PAVING, (150, 146, 138))
    on.line([(0, 90), (600, 160), (1200, 90)], (90, 70, 60), 6)
    for n in range(9):
        x = 60 + n * 135
        y = 100 + (30 if 2 < n < 6 else 10)
        on.oval((x - 34, y, x + 34, y + 76), RED)
        on.box((x - 6, y + 76, x + 6, y + 100), (226, 180, 80))
    for n in range(10):
        _somebody(on, 80 + n * 116, 560, 40, n)
    on.shape([(20, 640), (1180, 640), (1200, 760), (0, 760)], (190, 60, 54))
    for n in range(14):
        x = 50 + n * 84
        on.oval((x, 660 + n % 2 * 40, x + 62, 692 + n % 2 * 40), (244, 242, 236))
        on.oval((x + 12, 666 + n % 2 * 40, x + 50, 684 + n % 2 * 40), CLOTHES[(n * 5) % 4])


def clinic(on: Canvas) -> None:
    """A desk, a doctor in white, somebody whose pressure is taken."""
    room(on, 700)
    on.box((380, 90, 820, 170), (60, 130, 110))
    on.box((585, 100, 615, 160), (240, 240, 240))
    on.box((570, 118, 630, 142), (240, 240, 240))
    _somebody(on, 800, 400, 70, 1)
    on.shape([(716, 540), (750, 400), (850, 400), (884, 540)], (244, 244, 244))
    _somebody(on, 380, 410, 70, 4)
    on.box((180, 540, 1020, 590), (176, 138, 100))
    on.box((200, 590, 1000, 760), (150, 116, 82))
    on.box((560, 480, 680, 540), STEEL, (110, 114, 118))
    on.oval((590, 490, 640, 534), (240, 240, 240))
    on.line([(430, 520), (560, 520)], DARK, 10)


def class_room(on: Canvas) -> None:
    room(on, 760)
    on.box((200, 90, 1000, 360), (54, 92, 78), (150, 116, 82))
    for n in range(4):
        on.line([(260, 150 + n * 50), (780 - n * 70, 150 + n * 50)], (230, 234, 228), 8)
    _somebody(on, 1080, 330, 56, 2)
    for row in range(2):
        for n in range(5):
            x, y = 150 + n * 230 - row * 40, 500 + row * 180
            _somebody(on, x, y, 46, n + row)
            on.box((x - 90, y + 80, x + 90, y + 104), (176, 138, 100))


def festival(on: Canvas) -> None:
    """Lanterns over a square in the evening."""
    on.fade((0, 0, 1200, 620), (40, 44, 84), (150, 96, 96))
    on.fade((0, 620, 1200, 900), (104, 88, 84), (70, 62, 62))
    for left, top in ((40, 180), (340, 120), (700, 160), (960, 90)):
        on.box((left, top, left + 220, 620), (58, 56, 78))
        for y in range(top + 24, 590, 54):
            for x in range(left + 20, left + 200, 50):
                if on.chance.random() < 0.6:
                    on.box((x, y, x + 26, y + 30), (240, 206, 130))
    for n in range(12):
        x, y = 50 + n * 100, 250 + n % 3 * 50
        on.line([(x, 0), (x, y)], (90, 70, 70), 3)
        on.oval((x - 36, y, x + 36, y + 80), (222, 70, 56))
        on.oval((x - 16, y + 12, x + 16, y + 68), (246, 150, 80))
    for n in range(11):
        _somebody(on, 60 + n * 110, 720 + n % 2 * 50, 46, n)


def market(on: Canvas) -> None:
    """Stalls where neighbours help each other: a parasol, a counter, things to swap or mend."""
    houses(on)
    on.fade((0, 560, 1200, 900), PAVING, (150, 146, 138))
    for n, x in enumerate((60, 440, 820)):
        colour = (RED, (60, 120, 150), (210, 160, 60))[n]
        on.shape([(x, 420), (x + 160, 320), (x + 320, 420)], colour)
        on.line([(x + 160, 330), (x + 160, 640)], (120, 110, 100), 10)
        _somebody(on, x + 90, 540, 44, n)
        _somebody(on, x + 230, 545, 44, n + 3)
        on.box((x + 10, 620, x + 310, 740), (176, 138, 100), (130, 98, 68))
        for i in range(5):
            on.box((x + 30 + i * 54, 590, x + 66 + i * 54, 620), CLOTHES[(i + n) % 6])


def patrol(on: Canvas) -> None:
    """Volunteers in vests between the houses."""
    houses(on)
    on.fade((0, 560, 1200, 900), PAVING, (140, 136, 130))
    for n in range(5):
        x = 180 + n * 210
        _somebody(on, x, 520 + n % 2 * 20, 66, n)
        on.shape([(x - 56, 640), (x - 44, 524), (x + 44, 524), (x + 56, 640)], RED)
        on.box((x - 60, 640, x - 8, 820), DARK)
        on.box((x + 8, 640, x + 60, 820), DARK)


SCENES = {
    "table": table,
    "clinic": clinic,
    "class_room": class_room,
    "festival": festival,
    "market": market,
    "patrol": patrol,
}
