"""Proofs that something hangs: the notice board, an entrance door with its number, a group on a telephone."""

from demo.pictures.canvas import Canvas

PAPER = (252, 250, 244)
RED = (178, 44, 40)
INK = (130, 130, 130)


def _sheet(on: Canvas, left: float, top: float, width: float, height: float) -> None:
    """A printed sheet: a red head, lines, a QR code."""
    on.box((left, top, left + width, top + height), PAPER, (206, 200, 188))
    on.box((left + width * 0.15, top + height * 0.07, left + width * 0.85, top + height * 0.14), RED)
    for n in range(9):
        right = left + width * (0.88 if n % 4 < 3 else 0.55)
        y = top + height * (0.24 + n * 0.055)
        on.line([(left + width * 0.12, y), (right, y)], INK, 5)
    side, x0, y0 = width * 0.24, left + width * 0.62, top + height * 0.78
    for i in range(7):
        for j in range(7):
            if on.chance.random() < 0.55:
                cell = (x0 + i * side / 7, y0 + j * side / 7, x0 + (i + 1) * side / 7, y0 + (j + 1) * side / 7)
                on.box(cell, (30, 30, 30))


def notice_board(on: Canvas) -> None:
    on.fade((0, 0, 1200, 900), (198, 214, 204), (150, 168, 140))
    on.box((120, 120, 1080, 720), (134, 40, 36))
    on.box((150, 190, 1050, 690), (224, 226, 220))
    on.box((170, 720, 210, 900), (110, 112, 114))
    on.box((990, 720, 1030, 900), (110, 112, 114))
    _sheet(on, 470, 220, 300, 430)
    _sheet(on, 200, 250, 210, 300)
    _sheet(on, 820, 250, 200, 290)


def door(on: Canvas) -> None:
    on.fade((0, 0, 1200, 900), (216, 206, 190), (188, 178, 164))
    on.box((250, 110, 950, 900), (92, 98, 104))
    on.fade((280, 150, 590, 900), (150, 176, 186), (120, 146, 156))
    on.fade((610, 150, 920, 900), (150, 176, 186), (120, 146, 156))
    on.box((480, 26, 720, 98), (40, 76, 128))
    on.text((600, 62), on.plate, 52, (255, 255, 255))
    _sheet(on, 320, 300, 230, 330)
    on.box((566, 480, 584, 620), (60, 62, 66))


def wechat(on: Canvas) -> None:
    """A screenshot of the group, its words blurred to bars."""
    on.box((0, 0, 1200, 900), (237, 237, 237))
    on.box((0, 0, 1200, 110), (246, 246, 246))
    on.box((440, 45, 760, 70), (70, 70, 70))
    for top, height, mine in ((160, 120, False), (320, 330, True), (690, 100, False)):
        left = 330 if mine else 150
        on.box((1070, top, 1150, top + 80) if mine else (50, top, 130, top + 80), (110, 150, 190))
        on.box((left, top, left + 720, top + height), (149, 236, 105) if mine else (255, 255, 255))
        for n in range(height // 48):
            right = left + (680 if (n + 1) % 3 else 420)
            on.line([(left + 34, top + 36 + n * 44), (right, top + 36 + n * 44)], (110, 122, 110), 12)


def receipt(on: Canvas) -> None:
    """A signed slip on a table."""
    on.fade((0, 0, 1200, 900), (150, 112, 78), (120, 86, 58))
    on.box((250, 110, 950, 790), PAPER, (206, 200, 188))
    on.box((430, 170, 770, 205), INK)
    for n in range(4):
        on.line([(330, 300 + n * 70), (870 if n < 3 else 620, 300 + n * 70)], INK, 6)
    on.line([(560, 690), (870, 690)], INK, 3)
    name = [(580, 660), (620, 610), (640, 680), (690, 615), (715, 675), (760, 620), (800, 670), (850, 630)]
    on.line([(float(x), float(y)) for x, y in name], (30, 40, 90), 8)
    on.oval((360, 610, 470, 720), (196, 70, 64))


SCENES = {"receipt": receipt, "notice_board": notice_board, "door": door, "wechat": wechat}
