"""What stands on a page of a compound that was just opened: headings and tables with nothing below them are found."""

from html.parser import HTMLParser

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}


class _Reader(HTMLParser):
    """Reads the main part only: what is below each heading, which tables have no row, which sentences there are."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        # The headings that nothing stands below yet: level and words.
        self.waiting: list[tuple[int, str]] = []
        self.bare: list[str] = []
        self.cells: int | None = None
        self.sentences = 0
        self.takes = self.posted = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HEADINGS:
            self._give_up(_HEADINGS[tag])
            self.waiting.append((_HEADINGS[tag], ""))
        elif tag == "table":
            self.cells = 0
        elif tag == "td" and self.cells is not None:
            self.cells += 1
        elif tag == "form":
            self.posted = ("method", "post") in attrs
        elif tag in {"input", "select", "textarea"} and ("type", "hidden") not in attrs:
            # What searches or filters says nothing of what there is not.
            self.takes |= self.posted
            self.waiting.clear()
        if tag in {"main", "title", "script", "style", *_HEADINGS}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.cells == 0:
            self.bare.append("a table without a row")
        if tag in {"section", "main"}:
            self._give_up(2 if tag == "section" else 1)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not data.strip() or "main" not in self.open:
            return
        if self.open[-1] in _HEADINGS:
            level, words = self.waiting.pop()
            self.waiting.append((level, words + data.strip()))
        elif self.open[-1] == "main":
            self.waiting.clear()
            self.sentences += data.strip().endswith((".", "?", "。", "？"))

    def _give_up(self, level: int) -> None:
        """A heading of its own rank follows: what still waits has nothing below it."""
        self.bare += [f"nothing below “{words}”" for rank, words in self.waiting if rank >= level]
        self.waiting = [(rank, words) for rank, words in self.waiting if rank < level]


def complaints(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    nothing_said = [] if reader.sentences or reader.takes else ["no sentence"]
    return reader.bare + nothing_said
