"""Of what people are told about hours: those who approve them, and the volunteers whose dispute was answered."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from compounds.workdays.lateness import day, moment
from notices import reminders
from notices.reminders import Occasion
from notices.reminding.roster import Roster
from volunteers.models import ServiceRecord
from volunteers.selectors.hours import approver, by_approver, leading


def _waiting(now: datetime, until: datetime) -> Iterable[Occasion]:
    """Each Monday, those who lead a team with hours that wait; the branch for those of no team, or without leader."""
    today = day(now)
    monday = today - timedelta(days=today.weekday())
    count = by_approver(ServiceRecord.objects.waiting().filter(at__lt=moment(monday)), now)
    for leader, n in count.items():
        yield Occasion(f"{leader or 'branch'} {monday}", moment(monday), ("hours",), {"lines": n}, about=leader)


def _leader_or_branch(occasion: Occasion, roster: Roster) -> Iterable[int]:
    return [occasion.about] if occasion.about else roster.branch()


def _waiting_text(facts: dict[str, Any]) -> str:
    words = ngettext(
        "%(lines)s line of hours waits for your approval.",
        "%(lines)s lines of hours wait for your approval.",
        facts["lines"],
    )
    return words % facts


def _disputed(now: datetime, until: datetime) -> Iterable[Occasion]:
    rows = ServiceRecord.objects.filter(disputed_at__lte=until, dispute_answered_at=None)
    leaders = leading(day(now))
    for row in rows.select_related("team", "volunteer"):
        parent = row.team.parent_id if row.team else None
        leader = approver(leaders, row.team_id, parent, row.volunteer.person_id)
        if row.disputed_at:
            yield Occasion(f"{row.pk}", row.disputed_at, ("hours_answer", row.pk), {}, about=leader)


def _answered(now: datetime, until: datetime) -> Iterable[Occasion]:
    """For a month: the volunteer reads what became of it."""
    rows = ServiceRecord.objects.filter(
        dispute_answered_at__gt=now - timedelta(days=30),
        dispute_answered_at__lte=until,
        volunteer__person__user_id__isnull=False,
    )
    for row in rows.select_related("volunteer"):
        if row.dispute_answered_at:
            about = row.volunteer.person_id
            yield Occasion(f"{row.pk}", row.dispute_answered_at, ("my_hours",), {}, about=about)


reminders.register(
    "hours_waiting",
    title=gettext_lazy("Hours to be approved"),
    due=_waiting,
    recipients=_leader_or_branch,
    text=_waiting_text,
)
reminders.register(
    "hours_disputed",
    title=gettext_lazy("Hours in dispute"),
    due=_disputed,
    recipients=_leader_or_branch,
    text=lambda facts: _("A volunteer says that a line of hours is wrong."),
)
reminders.register(
    "hours_answered",
    title=gettext_lazy("About your hours"),
    due=_answered,
    recipients=lambda occasion, roster: [occasion.about],
    text=lambda facts: _("What you said about your hours was answered."),
)
