"""The ledger as a spreadsheet: all lines, and the totals by person, squad and programme. No phone numbers."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from compounds.organisation import audit
from compounds.organisation.models import Person
from compounds.organisation.spreadsheet.columns import Column, SheetForm
from compounds.organisation.spreadsheet.writing import Rows, write_book
from volunteers.models import ServiceRecord
from volunteers.models.hours import ServiceRecordQuerySet
from volunteers.selectors.hours import Total, totals

_HOURS = Column("hours", pgettext_lazy("spreadsheet", "Hours"), pgettext_lazy("spreadsheet", "Approved hours."))
_TIMES = Column("times", pgettext_lazy("spreadsheet", "Times"), pgettext_lazy("spreadsheet", "How often."))


def _by(key: str, tab: Any, heading: Any) -> SheetForm:
    what = Column("name", heading, pgettext_lazy("spreadsheet", "Empty: of none, or no longer named."))
    return SheetForm(key, tab, (what, _HOURS, _TIMES))


BY_PERSON = _by("person", pgettext_lazy("spreadsheet", "By person"), pgettext_lazy("spreadsheet", "Volunteer"))
BY_SQUAD = _by("squad", pgettext_lazy("spreadsheet", "By squad"), pgettext_lazy("spreadsheet", "Squad"))
BY_PROGRAMME = _by("programme", pgettext_lazy("spreadsheet", "By programme"), pgettext_lazy("spreadsheet", "Programme"))
LINES = SheetForm(
    "lines",
    pgettext_lazy("spreadsheet", "Lines"),
    tuple(
        Column(key, heading, explained)
        for key, heading, explained in (
            ("day", pgettext_lazy("spreadsheet", "Day"), pgettext_lazy("spreadsheet", "Year-month-day.")),
            ("name", pgettext_lazy("spreadsheet", "Volunteer"), pgettext_lazy("spreadsheet", "Who served.")),
            ("team", pgettext_lazy("spreadsheet", "Squad"), pgettext_lazy("spreadsheet", "As it was then.")),
            ("for", pgettext_lazy("spreadsheet", "For what"), pgettext_lazy("spreadsheet", "Activity, or in words.")),
            ("hours", pgettext_lazy("spreadsheet", "Hours"), pgettext_lazy("spreadsheet", "Less than 0: corrects.")),
            ("state", pgettext_lazy("spreadsheet", "State"), pgettext_lazy("spreadsheet", "Approved, or waiting.")),
        )
    ),
)
SHEETS = (LINES, BY_PERSON, BY_SQUAD, BY_PROGRAMME)


@transaction.atomic
def write(rows: ServiceRecordQuerySet, *, year: int | None, by: Person) -> bytes:
    """These lines of one year, or of all; that they went out is written down."""
    found = totals(rows, year)
    lines = rows.filter(served_on__year=year) if year else rows
    listed = list(lines.select_related("volunteer__person", "team", "activity").order_by("served_on", "pk"))
    audit.record("hours.export", about="", by=by, lines=len(listed), year=year or "")
    sheets: dict[str, Rows] = {
        LINES.key: [_line(row) for row in listed],
        BY_PERSON.key: _totals(found.by_person),
        BY_SQUAD.key: _totals(found.by_squad),
        BY_PROGRAMME.key: _totals(found.by_programme),
    }
    rules = [
        _("Hours are counted from the lines of the ledger. A line is never changed: one against it corrects it."),
        _("The totals count what is approved. Lines that wait for approval stand in the list of lines only."),
    ]
    return write_book(SHEETS, sheets, rules)


def _line(row: ServiceRecord) -> tuple[Any, ...]:
    name = "" if row.volunteer.withdrawn_on else str(row.volunteer)
    what = str(row.activity) if row.activity else row.reason
    state = pgettext("hours", "approved") if row.approved_at else pgettext("hours", "waiting")
    return f"{row.served_on:%Y-%m-%d}", name, str(row.team or ""), what, _hours(row.minutes), state


def _totals(found: list[Total]) -> list[tuple[Any, ...]]:
    return [(one.name, _hours(one.minutes), one.times) for one in found]


def _hours(minutes: int) -> float:
    return round(minutes / 60, 2)
