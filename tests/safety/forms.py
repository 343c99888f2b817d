"""The forms of a page, as a browser finds them, so that new ones are filled in without being named."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin


@dataclass(frozen=True)
class Control:
    """One field of a form: what kind of value it asks for, and what it holds or offers."""

    name: str
    kind: str
    offered: tuple[str, ...] = ()


@dataclass
class Form:
    """Where it is sent, how, and its fields. ``page`` is where it stands."""

    page: str
    action: str
    method: str
    controls: list[Control] = field(default_factory=list)

    @property
    def shape(self) -> tuple[str, ...]:
        return tuple(sorted({control.name for control in self.controls}))


def of_page(page: str, html: str) -> list[Form]:
    """Every form of a page, those too that htmx alone sends."""
    reader = _Reader(page)
    reader.feed(html)
    reader.close()
    return list(reader.found())


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[Form] = []
        self.named: dict[str, Form] = {}
        self.open: Form | None = None
        self.elsewhere: list[tuple[str, Control]] = []
        self.select: tuple[str, str, list[str]] | None = None

    def found(self) -> Iterator[Form]:
        for name, control in self.elsewhere:
            if name in self.named:
                self.named[name].controls.append(control)
        yield from self.forms

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = self._begin(given)
        elif "hx-post" in given:
            # Sends what stands around it: the fields of the form that it is in.
            beside = self._begin(given)
            beside.controls = self.open.controls if self.open else []
        if tag == "select":
            self.select = (given.get("name", ""), given.get("form", ""), [])
        elif tag == "option" and self.select is not None:
            self.select[2].append(given.get("value", ""))
        elif tag == "textarea":
            self._add(given, Control(given.get("name", ""), "textarea"))
        elif tag == "input" or (tag == "button" and given.get("name")):
            kind = "button" if tag == "button" else given.get("type", "text")
            self._add(given, Control(given.get("name", ""), kind, (given.get("value", ""),)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select" and self.select is not None:
            name, form, options = self.select
            self.select = None
            self._add({"form": form} if form else {}, Control(name, "select", tuple(options)))

    def _begin(self, given: dict[str, str]) -> Form:
        target = given.get("hx-post") or given.get("action") or self.page
        method = "POST" if "hx-post" in given else given.get("method", "get").upper()
        form = Form(self.page, urljoin(self.page, target), method)
        self.forms.append(form)
        if given.get("id"):
            self.named[given["id"]] = form
        return form

    def _add(self, given: dict[str, str], control: Control) -> None:
        if not control.name:
            return
        if given.get("form"):
            self.elsewhere.append((given["form"], control))
        elif self.open is not None:
            self.open.controls.append(control)
