"""Giving: a number without gaps in its year, a code that nobody can guess, and the short link on the certificate."""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import structlog
from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.registry import short_links
from notices.models import Objection
from volunteers import suggesting
from volunteers.errors.honours import GivenTooEarly
from volunteers.honoured import name_for_members
from volunteers.models import Honour, HonourKind, HonourState
from volunteers.services.honours import locked, require_state

log = structlog.get_logger(__name__)

# Without what is mistaken for something else when read aloud or typed from paper.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTH = 12


@transaction.atomic
def give(honours: Iterable[Honour], *, today: date, by: Person) -> list[Honour]:
    """Give all of them or none. Raises NothingChosen, HonourMoved, GivenTooEarly."""
    # All kinds, in one order: numbers are given one after the other, in this compound by one at a time.
    list(HonourKind.objects.select_for_update().order_by("pk").values_list("pk"))
    rows = locked(honours)
    objected = objected_to(rows)
    for row in rows:
        require_state(row, HonourState.POSTED if row.kind.posted or row.posting_id else HonourState.APPROVED)
        if why := hindrance(row, today, objected):
            raise GivenTooEarly(name=name_for_members(row), why=why)
    _number(rows)
    figures = suggesting.as_of_now(rows)
    for row in rows:
        row.state, row.given_on, row.given_by, row.code = HonourState.GIVEN, today, by, _new_code()
        row.facts = figures.get(row.pk, row.facts)
        row.save(update_fields=["state", "given_on", "given_by", "number", "code", "facts", "updated_at"])
    short_links.make([path_of(row) for row in rows])
    touch("honours")
    return rows


def turn(day: date) -> None:
    """The night's work: what was put up and hung to its end is given, signed by whoever put it up.

    One posting after the other; a second run finds nothing left to give.
    """
    waiting: dict[int, list[Honour]] = defaultdict(list)
    for row in Honour.objects.hung_out(day).with_receivers().select_related("posting__posted_by"):
        if row.posting_id and not _erased(row):
            waiting[row.posting_id].append(row)
    for rows in waiting.values():
        objected = objected_to(rows)
        if any(hindrance(row, day, objected) for row in rows):
            continue
        posting = rows[0].posting
        assert posting is not None
        give(rows, today=day, by=posting.posted_by)
        log.info("honours_given", posting=posting.pk, count=len(rows))


def hindrance(honour: Honour, today: date, objected: set[int]) -> str:
    """Why it cannot be given today; empty when it can. ``objected`` are the postings with an objection that waits."""
    if _erased(honour):
        return _("this person was erased.")
    if honour.posting is None:
        return ""
    if honour.posting.ends_on >= today:
        return _("it hangs until %(day)s.") % {"day": date_format(honour.posting.ends_on, "DATE_FORMAT")}
    if honour.posting_id in objected:
        return _("an objection waits for its answer.")
    return ""


def ready(today: date) -> list[Honour]:
    """What can be given today."""
    found = Honour.objects.hung_out(today) | Honour.objects.to_give_at_once()
    rows = list(found.with_receivers().select_related("posting"))
    objected = objected_to(rows)
    return [row for row in rows if not hindrance(row, today, objected)]


def path_of(honour: Honour) -> str:
    """The public page that checks its certificate, below the compound's mount."""
    return short_links.path_to("certificate_checked", honour.certificate_number, honour.code)


def objected_to(honours: Iterable[Honour]) -> set[int]:
    """Of their postings, those with an objection that waits."""
    keys = {row.posting_id for row in honours if row.posting_id}
    return set(Objection.objects.open().filter(posting__in=keys).values_list("posting", flat=True))


def _erased(honour: Honour) -> bool:
    return honour.person is not None and honour.person.erased_at is not None


def _number(honours: list[Honour]) -> None:
    """In the order of kinds and names, after the last one of each year."""
    last: dict[int, int] = {}
    for row in sorted(honours, key=lambda row: (row.year, row.kind.position, row.kind_id, row.pk)):
        if row.year not in last:
            last[row.year] = Honour.objects.of_year(row.year).aggregate(last=Max("number"))["last"] or 0
        last[row.year] += 1
        row.number = last[row.year]


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _n in range(_LENGTH))
