"""Scenes under the sky: the fence, the lawn, the gate."""

from demo.pictures.canvas import Canvas, Colour

SKY_TOP, SKY_LOW = (150, 190, 222), (226, 236, 240)
PAVING = (176, 170, 160)
PAINT = (52, 74, 68)
RUST = (139, 84, 50)
GREEN = (74, 122, 66)
EARTH = (150, 118, 82)


def houses(on: Canvas) -> None:
    on.fade((0, 0, 1200, 560), SKY_TOP, SKY_LOW)
    for left, top, colour in ((60, 120, (214, 200, 178)), (420, 60, (206, 190, 168)), (820, 150, (218, 206, 186))):
        on.box((left, top, left + 270, 560), colour)
        for y in range(top + 30, 530, 58):
            for x in range(left + 24, left + 240, 58):
                on.box((x, y, x + 32, y + 34), (128, 150, 166))


def _wall_and_ground(on: Canvas) -> None:
    on.fade((0, 560, 1200, 900), (132, 150, 92), (112, 128, 78))
    on.box((0, 690, 1200, 760), (178, 160, 140))
    on.fade((0, 760, 1200, 900), PAVING, (150, 146, 138))


def bar(on: Canvas, x: float, colour: Colour, lean: float = 0, top: float = 330) -> None:
    on.line([(x, 700), (x + lean, top)], colour, 13)
    on.shape([(x + lean - 9, top), (x + lean + 9, top), (x + lean, top - 30)], colour)


def fence_broken(on: Canvas) -> None:
    houses(on)
    _wall_and_ground(on)
    leans = {4: 60, 5: -45, 9: 90, 12: 30}
    for n in range(17):
        if n not in {6, 7, 8, 13}:
            bar(on, 40 + n * 72, RUST if n % 3 else (96, 74, 58), leans.get(n, 0), 380 if n in leans else 330)
    on.line([(0, 420), (380, 420), (440, 500)], RUST, 15)
    on.line([(640, 470), (760, 420), (1200, 420)], RUST, 15)
    on.line([(0, 640), (400, 640)], RUST, 15)
    on.line([(680, 640), (1200, 640)], RUST, 15)
    on.line([(430, 800), (700, 770)], RUST, 14)
    on.line([(470, 840), (690, 850)], (96, 74, 58), 14)
    on.blades((380, 640, 720, 720), GREEN, 90)


def fence_repaired(on: Canvas) -> None:
    houses(on)
    _wall_and_ground(on)
    for n in range(17):
        bar(on, 40 + n * 72, PAINT)
    for y in (420, 640):
        on.line([(0, y), (1200, y)], PAINT, 16)
    for n in range(10):
        on.bush(50 + n * 125, 700, 34, GREEN)


def lawn_bare(on: Canvas) -> None:
    houses(on)
    on.fade((0, 560, 1200, 900), EARTH, (128, 98, 68))
    on.blades((0, 620, 1200, 890), (122, 128, 70), 160)
    for x in (180, 620, 1010):
        on.line([(x, 700), (x, 430)], (112, 88, 66), 14)
        on.line([(x, 540), (x + 60, 470)], (112, 88, 66), 8)
        on.line([(x, 500), (x - 50, 440)], (112, 88, 66), 8)
    on.bush(340, 730, 36, (110, 128, 70))
    on.shape([(0, 820), (1200, 760), (1200, 800), (0, 870)], PAVING)


def gate_open(on: Canvas) -> None:
    """A side gate whose lock no longer shuts, held by a brick."""
    houses(on)
    on.fade((0, 560, 1200, 900), PAVING, (140, 136, 130))
    on.box((120, 260, 260, 760), (190, 172, 150))
    on.box((860, 260, 1000, 760), (190, 172, 150))
    on.box((900, 420, 960, 530), (40, 44, 48))
    on.box((912, 434, 948, 470), (88, 104, 112))
    on.line([(905, 425), (955, 525)], (200, 60, 50), 6)
    for n in range(6):
        x = 270 + n * 46
        on.line([(x, 350 + n * 14), (x, 800 + n * 8)], PAINT, 12)
    on.line([(262, 350), (510, 424)], PAINT, 14)
    on.line([(262, 780), (510, 842)], PAINT, 14)
    on.box((500, 838, 580, 872), (164, 82, 62))


def bins_dirty(on: Canvas) -> None:
    houses(on)
    on.fade((0, 560, 1200, 900), (120, 114, 106), (92, 88, 82))
    bins(on)
    for x, y, colour in ((160, 800, (230, 230, 224)), (480, 830, (60, 60, 64)), (700, 795, (214, 168, 90))):
        on.oval((x, y - 60, x + 110, y + 20), colour)
    on.oval((520, 800, 980, 870), (70, 66, 58))


def bins_clean(on: Canvas) -> None:
    houses(on)
    on.fade((0, 560, 1200, 900), PAVING, (160, 156, 148))
    on.shape([(90, 400), (1110, 400), (1060, 340), (140, 340)], (94, 104, 110))
    on.box((110, 400, 130, 760), (94, 104, 110))
    on.box((1070, 400, 1090, 760), (94, 104, 110))
    bins(on)
    on.box((470, 800, 730, 830), (120, 128, 132))


def bins(on: Canvas) -> None:
    for n, colour in enumerate(((64, 96, 148), (78, 128, 80), (150, 64, 58), (96, 98, 102))):
        x = 190 + n * 215
        on.shape([(x, 520), (x + 170, 520), (x + 150, 770), (x + 20, 770)], colour)
        on.box((x - 10, 490, x + 180, 522), colour, (50, 54, 58))
        on.box((x + 60, 600, x + 110, 650), (235, 235, 230))


SCENES = {
    "fence_broken": fence_broken,
    "fence_repaired": fence_repaired,
    "lawn_bare": lawn_bare,
    "gate_open": gate_open,
    "bins_dirty": bins_dirty,
    "bins_clean": bins_clean,
}
