"""How alike two matters sound. Pure: no tables, no clock (domain: Priority, similar open issues).

Shared two-character pieces ÷ those of the shorter text, after words that mean the same were made one. Trigrams do not
find such pairs: 电梯夜里异响 / 3栋电梯晚上有异响 have 0.045, 车库渗水 / 车库漏水 0.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# The first word of each row stands for the others.
SYNONYMS = (
    ("漏水", "渗水", "滴水", "渗漏", "返水", "冒水", "淌水"),
    ("电动车", "电瓶车", "电单车", "电驴"),
    ("晚上", "夜里", "半夜", "夜间", "深夜", "凌晨"),
    ("异响", "怪响", "响声", "噪音", "噪声", "咣当响", "嗡嗡响", "吵"),
    ("不亮", "坏了", "损坏", "失灵", "故障", "坏掉", "不灵"),
    ("路灯", "照明灯", "灯"),
    ("垃圾", "杂物", "废品"),
    ("堆放", "堆满", "乱堆", "占用", "占着", "堵住", "挡住", "占了", "停在"),
    ("臭味", "异味", "味道大", "很臭", "发臭", "臭气", "恶臭"),
    ("门禁", "单元门", "大门", "刷卡", "闸机"),
    ("停车", "车位", "乱停"),
    ("下水道", "下水管", "排水管", "污水管", "地漏"),
    ("堵塞", "堵了", "不通", "堵死"),
    ("围栏", "栏杆", "护栏", "围墙"),
    ("老人", "老年人", "老太太", "老爷爷", "爷爷", "奶奶"),
    ("绿化", "树枝", "草坪", "树木", "花草", "大树"),
    ("物业", "物管"),
    ("停电", "跳闸", "断电", "没电"),
    ("停水", "没水", "断水", "水压低"),
    ("小狗", "狗", "宠物", "遛狗"),
    ("广场舞", "跳舞", "音响"),
    ("楼顶", "屋顶", "顶楼", "天面"),
)
_CANON = {other: row[0] for row in SYNONYMS for other in row[1:]}
# Longer words first, so that 照明灯 is not read as 照明 and 灯; what stands for itself keeps its place.
_WORDS = re.compile("|".join(sorted((word for row in SYNONYMS for word in row), key=len, reverse=True)))
_SMALL = r"[\s，。！？；：、,.!?;:()（）“”\"'的了有在很是也都就又着呢吧啊]+"
_NUMBERED = r"[0-9一二三四五六七八九十]+(?:栋|单元|楼|号|层|室)"
_FILLER = re.compile(f"{_SMALL}|{_NUMBERED}")
# Two matters below this are not offered as one; found on the labelled pairs (tests/consultation/similar_pairs.py).
AT_LEAST = 0.2


@dataclass(frozen=True)
class Text:
    """What was said of one matter: its title, and the words behind it."""

    title: str
    said: str = ""


def pieces(text: str) -> frozenset[str]:
    """The two-character pieces of a text. Numbers of buildings and small words join nothing, so they fall out."""
    same = _WORDS.sub(lambda found: _CANON.get(found[0], found[0]), text)
    runs = [run for run in _FILLER.sub(" ", same).split() if run]
    return frozenset(run[n : n + 2] for run in runs for n in range(max(1, len(run) - 1)))


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the pieces that both share ÷ the pieces of the shorter text."""
    a, b = pieces(one), pieces(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def score(new: Text, old: Text) -> float:
    """Titles compared with titles, and each title with the other's words, which weigh a little less."""
    return max(
        likeness(new.title, old.title),
        0.8 * likeness(new.title, old.said),
        0.8 * likeness(new.said, old.title),
    )


def ranked[T](new: Text, candidates: Iterable[tuple[T, Text]], *, most: int) -> list[T]:
    """The most alike first; those of the same score in the order they came. At most ``most`` of them."""
    scored = [(score(new, text), candidate) for candidate, text in candidates]
    likely = sorted((pair for pair in scored if pair[0] >= AT_LEAST), key=lambda pair: -pair[0])
    return [candidate for _score, candidate in likely[:most]]
