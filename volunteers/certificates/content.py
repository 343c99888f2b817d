"""What stands on a certificate. It is a Chinese paper, so its words stand here in Chinese."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from compounds.accounts.qr import qr_file
from compounds.organisation.models import Level, Unit
from compounds.registry import short_links
from volunteers.honoured import name_on_paper
from volunteers.models import Honour, HonourFor, SuggestBy
from volunteers.services.honours_given import path_of

# Given a short path, where on the network it leads.
type Absolute = Callable[[str], str]


@dataclass(frozen=True)
class Certificate:
    """One page."""

    title: str
    name: str
    wording: str
    honour: str
    hours: str
    number: str
    code: str
    issuer: str
    given_on: str
    link: str

    def as_page(self) -> dict[str, Any]:
        """With its code drawn, and the address as it is read."""
        return {**asdict(self), "qr": qr_file(self.link), "short": self.link.partition("://")[2]}


def certificates(honours: Iterable[Honour], *, compound_name: str, absolute: Absolute) -> list[Certificate]:
    """Those of all that were given, in the order of their numbers; no page for whoever was erased. Few queries."""
    rows = [row for row in honours if name_on_paper(row)]
    paths = {row.pk: path_of(row) for row in rows}
    links = short_links.make(list(paths.values()))
    issuer = str(Unit.objects.filter(level=Level.BRANCH).first() or compound_name)
    if compound_name not in issuer:
        issuer = f"{compound_name}{issuer}"
    with translation.override("zh-hans"):
        return [
            _certificate(row, issuer, absolute(short_links.short_path(links[paths[row.pk]])))
            for row in sorted(rows, key=lambda row: (row.year, row.number or 0))
        ]


def spelled(code: str) -> str:
    """In groups of four, as it is read aloud and typed."""
    return " ".join(code[n : n + 4] for n in range(0, len(code), 4))


def _certificate(honour: Honour, issuer: str, link: str) -> Certificate:
    kind = honour.kind
    is_certificate = kind.name.endswith("证书")
    return Certificate(
        title=kind.name if is_certificate else "荣誉证书",
        name=name_on_paper(honour) + ("" if kind.given_to == HonourFor.HOUSEHOLD else " 同志"),
        wording=kind.wording.replace("{year}", str(honour.year)),
        honour="" if is_certificate else kind.name,
        hours=_hours(honour),
        number=honour.certificate_number,
        code=spelled(honour.code),
        issuer=issuer,
        given_on=date_format(honour.given_on, "Y年n月j日") if honour.given_on else "",
        link=link,
    )


def _hours(honour: Honour) -> str:
    """A volunteer's hours stand on what they get for them."""
    minutes = honour.facts.get("value", 0) if honour.facts.get("from") == SuggestBy.HOURS else 0
    return f"全年志愿服务{minutes // 60}小时" if minutes >= 60 else ""
