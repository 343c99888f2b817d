"""Scenes of what was put right: gates, lamps, lifts, lanes, lawns; and a few of what was not yet."""

from demo.pictures.canvas import Canvas, Colour
from demo.pictures.outdoors import EARTH, GREEN, PAVING, houses
from demo.pictures.underneath import DARK, STEEL, room

WHITE = (240, 240, 236)
YELLOW = (230, 184, 60)
WATER = (96, 128, 148)


def gate_new(on: Canvas) -> None:
    """An entrance door with a reader and keys beside it."""
    on.fade((0, 0, 1200, 900), (216, 206, 190), (188, 178, 164))
    on.box((300, 120, 820, 900), (70, 78, 86))
    on.fade((330, 160, 550, 900), (158, 186, 198), (126, 152, 162))
    on.fade((570, 160, 790, 900), (158, 186, 198), (126, 152, 162))
    on.box((540, 470, 556, 600), STEEL)
    on.box((870, 400, 1000, 620), DARK, (90, 94, 98))
    on.box((888, 418, 982, 466), (60, 150, 110))
    for row in range(4):
        for column in range(3):
            x, y = 892 + column * 32, 482 + row * 32
            on.box((x, y, x + 24, y + 24), (190, 194, 198))
    on.shape([(240, 120), (880, 120), (820, 60), (300, 60)], (96, 104, 112))


def stair_lit(on: Canvas) -> None:
    on.fade((0, 0, 1200, 900), (238, 226, 196), (204, 190, 164))
    for n in range(7):
        shade = 176 - n * 8
        on.box((220 + n * 40, 840 - n * 84, 1010, 900 - n * 84), (shade, shade - 8, shade - 22))
    on.line([(200, 700), (480, 110)], (120, 92, 70), 16)
    for n in range(5):
        on.line([(230 + n * 60, 850 - n * 120), (230 + n * 60, 640 - n * 120)], (120, 92, 70), 8)
    on.oval((540, 40, 660, 160), (255, 246, 200))
    on.oval((570, 66, 630, 130), (255, 255, 240))


def lift_repaired(on: Canvas) -> None:
    """A lift that stands open, its floor level, its light on."""
    room(on, 740)
    on.box((340, 130, 860, 740), (120, 124, 128))
    on.fade((400, 170, 800, 740), (236, 230, 212), (204, 198, 184))
    on.box((370, 170, 420, 740), (180, 186, 190))
    on.box((780, 170, 830, 740), (180, 186, 190))
    on.box((470, 186, 730, 206), (255, 250, 224))
    on.line([(400, 470), (800, 470)], (150, 154, 156), 12)
    on.box((520, 62, 680, 118), DARK)
    on.text((600, 90), "1", 44, (110, 220, 130))
    on.box((930, 400, 1000, 540), STEEL, (110, 114, 118))
    for y in (440, 500):
        on.oval((950, y - 15, 980, y + 15), (150, 230, 160))
    on.box((90, 300, 250, 520), WHITE, (90, 140, 100))
    on.line([(120, 410), (155, 450), (220, 360)], (70, 150, 90), 16)


def _ground(on: Canvas, top: Colour = PAVING, low: Colour = (140, 136, 130)) -> None:
    houses(on)
    on.fade((0, 560, 1200, 900), top, low)


def drain_overflow(on: Canvas) -> None:
    _ground(on)
    on.oval((120, 660, 1080, 880), (70, 72, 66))
    on.oval((260, 690, 920, 840), (88, 90, 80))
    on.oval((480, 690, 720, 790), (56, 58, 56))
    on.shape([(500, 700), (700, 680), (720, 720), (520, 744)], (104, 100, 96))
    for x in (330, 820, 960):
        on.oval((x, 770, x + 70, 800), (120, 122, 108))


def drain_clear(on: Canvas) -> None:
    _ground(on)
    on.oval((450, 680, 750, 810), (96, 94, 90))
    on.oval((466, 690, 734, 800), (116, 112, 108))
    for n in range(6):
        on.line([(500 + n * 40, 706), (500 + n * 40, 784)], (84, 82, 80), 10)
    for n in range(12):
        on.bush(40 + n * 105, 600, 34, GREEN)


def _car(on: Canvas, x: float, y: float, paint: Colour) -> None:
    on.shape([(x + 50, y), (x + 100, y - 60), (x + 210, y - 60), (x + 260, y)], paint)
    on.shape([(x + 70, y - 4), (x + 108, y - 50), (x + 150, y - 50), (x + 150, y - 4)], (190, 210, 220))
    on.shape([(x + 160, y - 4), (x + 160, y - 50), (x + 204, y - 50), (x + 240, y - 4)], (190, 210, 220))
    on.box((x, y, x + 310, y + 60), paint)
    for wheel in (x + 40, x + 210):
        on.oval((wheel, y + 28, wheel + 64, y + 92), DARK)


def lane_blocked(on: Canvas) -> None:
    _ground(on, (118, 116, 114), (98, 96, 94))
    for n in range(7):
        on.line([(60 + n * 180, 880), (140 + n * 180, 880)], YELLOW, 12)
    _car(on, 40, 650, (150, 60, 54))
    _car(on, 420, 670, (220, 220, 224))
    _car(on, 800, 640, (60, 84, 120))
    _car(on, 240, 780, (70, 74, 78))


def lane_clear(on: Canvas) -> None:
    """A lane with its lines, and posts that can be laid down."""
    _ground(on, (118, 116, 114), (98, 96, 94))
    on.shape([(330, 900), (870, 900), (700, 570), (500, 570)], (106, 104, 102))
    on.line([(330, 900), (500, 570)], YELLOW, 14)
    on.line([(870, 900), (700, 570)], YELLOW, 14)
    for n in range(4):
        on.line([(600, 880 - n * 84), (600, 840 - n * 84)], WHITE, 12)
    for x in (420, 540, 660, 780):
        on.box((x - 12, 640, x + 12, 790), (206, 62, 52))
        for y in (670, 720):
            on.box((x - 12, y, x + 12, y + 22), WHITE)


def landing_clear(on: Canvas) -> None:
    room(on, 660)
    on.box((720, 150, 1010, 680), (120, 72, 52), (84, 50, 36))
    on.oval((740, 420, 764, 444), (212, 180, 96))
    on.box((150, 300, 360, 600), (190, 46, 42), (140, 34, 30))
    on.box((176, 340, 334, 560), (222, 226, 226))
    on.oval((220, 400, 290, 470), (170, 174, 176))
    on.oval((520, 40, 640, 110), (255, 246, 206))


def ground_floor_clear(on: Canvas) -> None:
    """The open ground floor with tables for chess and for homework."""
    on.fade((0, 0, 1200, 180), (226, 222, 214), (206, 202, 192))
    on.fade((0, 180, 1200, 620), (196, 218, 200), (160, 190, 150))
    on.fade((0, 620, 1200, 900), (186, 178, 166), (158, 150, 140))
    for x in (60, 420, 780, 1110):
        on.fade((x, 160, x + 80, 720), (232, 228, 218), (202, 196, 186))
    for x in (170, 540, 880):
        on.shape([(x, 680), (x + 200, 680), (x + 220, 720), (x - 20, 720)], (168, 122, 78))
        on.line([(x + 20, 720), (x + 10, 840)], (110, 80, 52), 12)
        on.line([(x + 180, 720), (x + 190, 840)], (110, 80, 52), 12)
        for seat in (x - 50, x + 210):
            on.box((seat, 770, seat + 60, 790), (90, 130, 120))
            on.line([(seat + 30, 790), (seat + 30, 850)], (80, 84, 88), 10)
    for n in range(6):
        on.box((900 + n * 30, 636, 924 + n * 30, 678), ((180, 70, 60), (70, 110, 160), (210, 170, 70))[n % 3])


def pump_room(on: Canvas) -> None:
    room(on, 700)
    for n, x in enumerate((160, 460, 760)):
        on.box((x, 560, x + 180, 740), (60, 104, 150), (40, 70, 104))
        on.oval((x + 30, 470, x + 150, 590), (78, 126, 172))
        on.line([(x + 90, 470), (x + 90, 250)], STEEL, 30)
        on.oval((x + 60, 330, x + 120, 390), WHITE)
        on.line([(x + 90, 360), (x + 100 + n * 4, 342)], (190, 50, 44), 6)
    on.line([(90, 250), (1040, 250)], STEEL, 40)


def lawn_green(on: Canvas) -> None:
    houses(on)
    on.fade((0, 560, 1200, 900), (112, 154, 84), (84, 128, 66))
    on.blades((0, 600, 1200, 890), (96, 146, 76), 380)
    for x in (170, 560, 980):
        on.line([(x, 720), (x, 520)], (104, 78, 56), 16)
        on.bush(x, 560, 110, (70, 118, 62))
    for n in range(9):
        on.bush(70 + n * 140, 800, 40, (140, 60, 56) if n % 2 else GREEN)
    on.shape([(0, 860), (1200, 820), (1200, 850), (0, 896)], PAVING)


def garage_dry(on: Canvas) -> None:
    on.fade((0, 0, 1200, 560), (150, 154, 154), (186, 188, 184))
    on.fade((0, 560, 1200, 900), (96, 132, 116), (78, 112, 98))
    for x in (140, 560, 980):
        on.fade((x, 120, x + 120, 690), (214, 212, 206), (188, 186, 180))
        on.box((x, 560, x + 120, 600), YELLOW)
    for x in (330, 760):
        on.box((x, 60, x + 140, 84), (255, 252, 232))
    on.text((1040, 630), "A1", 60, (60, 64, 66))
    on.line([(150, 890), (420, 600)], WHITE, 10)
    on.line([(1060, 890), (860, 600)], WHITE, 10)
    _car(on, 440, 700, (190, 196, 204))


def road_hole(on: Canvas) -> None:
    _ground(on)
    on.bush(180, 620, 120, GREEN)
    on.line([(180, 740), (180, 600)], (104, 78, 56), 30)
    for n, (x, y) in enumerate(((380, 720), (480, 690), (590, 712), (700, 740), (460, 780), (620, 800))):
        tilt = (-24, 18, -14, 22, 12, -18)[n]
        on.shape([(x, y + tilt), (x + 96, y - tilt), (x + 104, y + 44 - tilt), (x + 8, y + 44 + tilt)], (196, 130, 104))
    on.line([(180, 740), (420, 760), (640, 770)], (96, 70, 50), 22)


def road_mended(on: Canvas) -> None:
    _ground(on)
    on.bush(180, 620, 120, GREEN)
    on.line([(180, 740), (180, 600)], (104, 78, 56), 30)
    for row in range(4):
        for n in range(10):
            x, y = 300 + n * 84 + row % 2 * 42, 690 + row * 46
            on.box((x, y, x + 78, y + 40), (200, 138, 112), (170, 112, 90))
    on.line([(290, 690), (290, 880)], (90, 94, 96), 14)


def ramp(on: Canvas) -> None:
    on.fade((0, 0, 1200, 900), (216, 206, 190), (188, 178, 164))
    on.box((720, 140, 1100, 640), (92, 98, 104))
    on.fade((750, 180, 1070, 640), (150, 176, 186), (120, 146, 156))
    on.shape([(80, 850), (720, 640), (1120, 640), (1120, 850)], (170, 166, 158))
    for y in (0, 60):
        on.line([(100, 700 + y - 60), (720, 500 + y - 60), (1100, 500 + y - 60)], STEEL, 12)
    for n in range(5):
        x = 110 + n * 150
        on.line([(x, 640 - n * 49), (x, 840 - n * 49)], STEEL, 10)
    on.box((560, 740, 680, 830), (50, 96, 160))
    on.oval((596, 762, 640, 806), WHITE)


def slide_broken(on: Canvas) -> None:
    _ground(on, EARTH, (128, 98, 68))
    _slide(on, (196, 120, 70))
    on.line([(660, 560), (720, 620), (690, 640)], (90, 50, 34), 10)
    on.shape([(520, 800), (760, 790), (800, 740), (560, 760)], (70, 84, 96))


def slide_new(on: Canvas) -> None:
    _ground(on, (88, 140, 150), (72, 118, 130))
    _slide(on, (226, 120, 54))
    for n in range(7):
        on.line([(900 + n * 40, 460), (880 + n * 44, 760)], (210, 196, 160), 6)
        on.line([(890, 480 + n * 44), (1180, 480 + n * 44)], (210, 196, 160), 6)


def _slide(on: Canvas, plastic: Colour) -> None:
    on.box((240, 380, 420, 420), (70, 120, 170))
    for x in (250, 400):
        on.line([(x, 400), (x, 800)], (70, 120, 170), 18)
    for n in range(6):
        on.line([(170 + n * 14, 790 - n * 66), (240, 790 - n * 66)], (210, 180, 70), 12)
    on.shape([(420, 390), (460, 390), (820, 760), (900, 770), (900, 800), (790, 800)], plastic)


SCENES = {
    "gate_new": gate_new,
    "stair_lit": stair_lit,
    "lift_repaired": lift_repaired,
    "drain_overflow": drain_overflow,
    "drain_clear": drain_clear,
    "lane_blocked": lane_blocked,
    "lane_clear": lane_clear,
    "landing_clear": landing_clear,
    "ground_floor_clear": ground_floor_clear,
    "pump_room": pump_room,
    "lawn_green": lawn_green,
    "garage_dry": garage_dry,
    "road_hole": road_hole,
    "road_mended": road_mended,
    "ramp": ramp,
    "slide_broken": slide_broken,
    "slide_new": slide_new,
}
