"""Invented names and telephone numbers.

Two names of the demo are real, from the newspaper report: 肖彪 and 唐碧玉. They get neither door nor number here.
"""

from collections.abc import Iterator
from random import Random

REAL_NAMES = ("肖彪", "唐碧玉")

# Common surnames in Hunan, the commonest first; a name takes the earlier ones more often.
SURNAMES = "李王张刘陈黄周彭罗谭易曾杨唐邓何肖袁龙胡文吴谢蒋贺郭汤徐朱宋赵许曹姚夏熊段尹颜郑向田石戴钟廖苏沈潘薛"
TWO_CHARACTER_SURNAMES = ("欧阳", "上官", "司马")

# Given names of those who are about 65, 45 and 28 years old: first and second characters.
GENERATIONS = (
    ("建国玉秀桂长德福春光世金明志冬菊", "华平兰英珍生明云发祥香莲林元清初"),
    ("晓志海丽红卫艳文立小学永雪亚利国", "军辉燕霞强斌芳勇波娟琴伟梅涛玲峰"),
    ("子思雨梓佳俊嘉一欣浩宇诗文若泽沐", "轩涵怡琪豪彤阳瑶宁然博钰彬妍昊杰"),
)
ONE_CHARACTER_GIVEN = "敏静勇伟磊洋杰娟涛超霞平刚丽鹏琳"


def names(draw: Random) -> Iterator[str]:
    """Names without end, none twice and none of the real ones."""
    given_out = set(REAL_NAMES)
    while True:
        name = _surname(draw) + _given(draw)
        if name not in given_out:
            given_out.add(name)
            yield name


def phone(number: int) -> str:
    """The telephone number of the ``number``-th person: 199-0000-…, a block that reads as made up."""
    return f"1990000{number:04d}"


def _surname(draw: Random) -> str:
    if draw.random() < 0.01:
        return draw.choice(TWO_CHARACTER_SURNAMES)
    return SURNAMES[int(len(SURNAMES) * draw.random() ** 2)]


def _given(draw: Random) -> str:
    if draw.random() < 0.2:
        return draw.choice(ONE_CHARACTER_GIVEN)
    first, second = draw.choice(GENERATIONS)
    while (given := draw.choice(first) + draw.choice(second)) and given[0] == given[1]:
        pass
    return given
