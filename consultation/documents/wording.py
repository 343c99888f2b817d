"""Days, numbers and sentences as a Chinese document spells them."""

from datetime import date

_DIGITS = "零一二三四五六七八九"
# Marks that end a sentence, with or without the quotation mark or bracket that closes behind them.
_MARKS = "。！？…；.!?;"
_CLOSING = "”’』」）)》"


def chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """1 to 99 as it stands before a heading."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def sentence(text: str) -> str:
    """The text with a full stop, unless whoever typed it has ended it already."""
    text = text.strip()
    return text if text.rstrip(_CLOSING).endswith(tuple(_MARKS)) else f"{text}。"


def inside(text: str) -> str:
    """The text as it stands within a sentence or brackets: without a full stop of its own."""
    return text.strip().rstrip("。.；;")
