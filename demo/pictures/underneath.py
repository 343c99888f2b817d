"""Scenes under a roof: the lift, the landing, the garage, the open ground floor, the hall."""

from demo.pictures.canvas import Canvas

WALL_TOP, WALL_LOW = (222, 216, 206), (204, 196, 184)
FLOOR = (150, 142, 132)
STEEL = (172, 178, 182)
DARK = (52, 54, 58)


def room(on: Canvas, floor_from: int = 680) -> None:
    on.fade((0, 0, 1200, floor_from), WALL_TOP, WALL_LOW)
    on.fade((0, floor_from, 1200, 900), FLOOR, (122, 116, 108))
    on.line([(0, floor_from), (1200, floor_from)], (120, 112, 102), 10)


def lift(on: Canvas) -> None:
    room(on, 740)
    on.box((340, 130, 860, 740), (120, 124, 128))
    on.fade((370, 170, 596, 740), (196, 200, 204), (150, 156, 160))
    on.fade((604, 170, 830, 740), (188, 192, 196), (144, 150, 154))
    on.box((520, 62, 680, 118), DARK)
    on.text((600, 90), "12", 44, (232, 92, 60))
    on.box((930, 400, 1000, 540), STEEL, (110, 114, 118))
    for y in (440, 500):
        on.oval((950, y - 15, 980, y + 15), (240, 214, 150))
    on.box((90, 300, 250, 520), (250, 248, 240), (150, 140, 120))
    for y in range(340, 500, 30):
        on.line([(110, y), (230, y)], (150, 150, 150), 6)


def landing_cluttered(on: Canvas) -> None:
    room(on, 660)
    on.box((720, 150, 1010, 680), (120, 72, 52), (84, 50, 36))
    on.oval((740, 420, 764, 444), (212, 180, 96))
    on.text((865, 220), "1204", 40, (226, 200, 140))
    for left, top, right, lower, colour in (
        (80, 540, 330, 780, (190, 150, 100)),
        (110, 380, 300, 540, (202, 164, 116)),
        (330, 620, 540, 800, (180, 138, 90)),
        (150, 300, 270, 380, (196, 156, 108)),
    ):
        on.box((left, top, right, lower), colour, (140, 102, 62))
        on.line([((left + right) / 2, top), ((left + right) / 2, lower)], (214, 190, 150), 12)
    on.line([(600, 800), (560, 420)], (90, 120, 150), 14)


def garage_seepage(on: Canvas) -> None:
    on.fade((0, 0, 1200, 560), (74, 78, 80), (112, 114, 112))
    on.fade((0, 560, 1200, 900), (104, 106, 104), (76, 78, 78))
    on.shape([(0, 90), (1200, 60), (1200, 96), (0, 130)], (140, 60, 52))
    for x in (140, 560, 980):
        on.fade((x, 120, x + 120, 690), (170, 168, 160), (140, 138, 130))
        on.box((x, 560, x + 120, 600), (214, 180, 60))
    for x, length in ((330, 300), (400, 420), (460, 240), (820, 340)):
        on.shape([(x, 100), (x + 46, 100), (x + 30, 100 + length), (x + 18, 100 + length)], (62, 62, 58))
    on.oval((240, 660, 820, 830), (58, 70, 78))
    on.oval((330, 690, 700, 790), (86, 102, 112))
    on.text((1040, 630), "B1", 60, (230, 230, 226))
    on.line([(150, 890), (420, 600)], (226, 226, 220), 10)
    on.line([(1060, 890), (860, 600)], (226, 226, 220), 10)


def ground_floor_occupied(on: Canvas) -> None:
    """The open ground floor, with what people have put there."""
    on.fade((0, 0, 1200, 180), (196, 190, 180), (176, 170, 160))
    on.fade((0, 180, 1200, 620), (196, 214, 200), (160, 184, 150))
    on.fade((0, 620, 1200, 900), (162, 156, 148), (130, 126, 120))
    for x in (60, 420, 780, 1110):
        on.fade((x, 160, x + 80, 720), (216, 208, 196), (182, 174, 164))
    on.box((160, 560, 380, 760), (122, 84, 60), (84, 56, 40))
    on.line([(160, 660), (380, 660)], (84, 56, 40), 6)
    on.box((190, 480, 350, 560), (150, 112, 82), (100, 70, 48))
    on.shape([(520, 760), (760, 760), (730, 640), (540, 640)], (110, 118, 132))
    on.box((530, 560, 580, 650), (96, 104, 118))
    for x in (880, 1000):
        on.oval((x, 660, x + 100, 760), DARK)
        on.oval((x + 24, 684, x + 76, 736), (150, 150, 148))
    on.line([(930, 700), (990, 600), (1050, 710)], (170, 52, 48), 14)


def cables(on: Canvas) -> None:
    """Scooters charged by a cable out of a window."""
    room(on, 640)
    for x in (250, 720):
        on.box((x, 90, x + 230, 300), (140, 164, 178), (236, 234, 228))
        on.line([(x + 115, 90), (x + 115, 300)], (236, 234, 228), 8)
    on.line([(330, 300), (350, 420), (320, 520), (380, 660)], (226, 226, 220), 9)
    on.line([(820, 300), (860, 450), (800, 560), (840, 660)], (40, 40, 42), 9)
    for x, colour in ((250, (60, 110, 150)), (700, (170, 70, 60))):
        on.oval((x, 720, x + 110, 830), DARK)
        on.oval((x + 220, 720, x + 330, 830), DARK)
        on.shape([(x + 40, 740), (x + 120, 650), (x + 230, 650), (x + 290, 750), (x + 150, 790)], colour)
        on.line([(x + 60, 740), (x + 40, 600), (x + 90, 580)], (60, 62, 66), 12)


def hall_door(on: Canvas) -> None:
    """The door of an entrance hall, with its new closer above."""
    room(on, 760)
    on.box((360, 110, 840, 770), (96, 100, 104))
    on.fade((390, 150, 810, 760), (176, 204, 212), (146, 176, 184))
    on.box((390, 440, 810, 460), STEEL)
    on.box((770, 420, 792, 540), (60, 62, 66))
    on.box((560, 156, 770, 196), (206, 208, 210), (110, 114, 118))
    on.line([(600, 176), (520, 128)], (90, 94, 98), 14)
    on.box((890, 380, 970, 520), DARK)
    on.oval((912, 470, 948, 506), (90, 190, 120))
    on.text((600, 60), "3-1", 60, (92, 60, 44))


def stair_dark(on: Canvas) -> None:
    on.fade((0, 0, 1200, 900), (34, 34, 38), (60, 56, 52))
    for n in range(7):
        on.box((220 + n * 40, 840 - n * 84, 1010, 900 - n * 84), (84 - n * 6, 80 - n * 6, 74 - n * 6))
    on.oval((560, 60, 640, 140), (96, 92, 80))


SCENES = {
    "lift": lift,
    "landing_cluttered": landing_cluttered,
    "garage_seepage": garage_seepage,
    "ground_floor_occupied": ground_floor_occupied,
    "cables": cables,
    "hall_door": hall_door,
    "stair_dark": stair_dark,
}
