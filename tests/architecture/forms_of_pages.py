"""The forms on a page: where each is sent, what it sends as it stands, and which of its fields somebody types into."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

# Inputs that take words or numbers from a keyboard, and are shown again.
_TYPED = {"text", "search", "email", "tel", "number", "url", "date", "time", "datetime-local"}


@dataclass
class Form:
    """One form that is posted."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    # Whether its first button that says something was found.
    pressed: bool = False

    def filled_in(self) -> dict[str, str]:
        """What is hidden as it stands, its own words in each field that is typed into, the first button."""
        return self.values | {name: self.word(name) for name in self.typed}

    def word(self, name: str) -> str:
        # With a capital: small letters alone look like a choice, which is not given back on the page of a broken rule.
        return f"Typed{self.typed.index(name)}x"


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[Form] = []
        self.inside: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form" and known.get("method", "").lower() == "post":
            action = known.get("action") or self.path
            self.inside = Form(action if action.startswith("/") else self.path.split("?")[0] + action)
            self.forms.append(self.inside)
        if self.inside is None or not known.get("name"):
            return
        kind = known.get("type", "text") if tag == "input" else tag
        is_first_button = kind in {"button", "submit"} and not self.inside.pressed
        if kind == "hidden" or is_first_button:
            self.inside.pressed |= is_first_button
            self.inside.values[known["name"]] = known.get("value", "")
        elif kind in _TYPED or kind == "textarea":
            self.inside.typed.append(known["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None


def posted_from(path: str, html: str) -> list[Form]:
    """Those with something to type."""
    reader = _Reader(path)
    reader.feed(html)
    return [form for form in reader.forms if form.typed]
