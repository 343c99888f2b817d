"""Cutting words to what a channel carries, counted in the bytes that go over the wire."""

_ELLIPSIS = "…"


def cut(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis: at most that many bytes of UTF-8, and no character in halves."""
    body = text.encode()
    if len(body) <= most:
        return text
    room = most - len(_ELLIPSIS.encode())
    return body[:room].decode(errors="ignore").rstrip() + _ELLIPSIS


def fits(text: str, most: int) -> bool:
    return len(text.encode()) <= most


def as_link(words: str, address: str) -> str:
    """A link in WeCom's markdown; words that would end it early lose their meaning, not their place."""
    return f"[{words.translate(_HARMLESS)}]({address})" if address else words.translate(_HARMLESS)


_HARMLESS = str.maketrans({"[": "［", "]": "］", "*": "＊", "`": "｀", "<": "＜", ">": "＞", "\n": " "})
