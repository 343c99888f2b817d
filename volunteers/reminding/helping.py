"""Help among neighbours: who is asked, who has agreed, whom nobody helps, and what was thanked for."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices import reminders
from notices.reminders import Occasion
from notices.reminding.roster import Roster
from volunteers.models import HelpOffer, HelpRequest, HelpState, OfferState, Skill, TeamMember, Volunteer
from volunteers.services import helping

# News is told for so long; whoever was away for a month needs no telling.
_NEWS = timedelta(days=14)


def _asked(now: datetime, until: datetime) -> Iterable[Occasion]:
    """At once; half of the time to answer is over quickly."""
    rows = list(HelpOffer.objects.filter(state=OfferState.WAITING).select_related("request", "volunteer__person"))
    for row in rows:
        facts = {"skill": row.request.skill, "until": row.answer_by.isoformat()}
        yield Occasion(f"{row.pk}", row.asked_at, ("own_help",), facts, about=[row.volunteer.person_id])


def _asked_in_squad(now: datetime, until: datetime) -> Iterable[Occasion]:
    """At once, whoever leads a volunteer without an account: they ask them, and write the answer down."""
    rows = HelpOffer.objects.filter(state=OfferState.WAITING, volunteer__person__user_id__isnull=True)
    offers = list(rows.select_related("request", "volunteer"))
    leaders = _leaders_of([row.volunteer for row in offers])
    for row in offers:
        facts = {"skill": row.request.skill, "until": row.answer_by.isoformat()}
        told = leaders.get(row.volunteer_id, [])
        yield Occasion(f"{row.pk}", row.asked_at, ("help_request", row.request_id), facts, about=told)


def _leaders_of(volunteers: list[Volunteer]) -> dict[int, list[int]]:
    """Those who lead the squads of volunteers without an account: they know how to reach them. Two queries."""
    today = timezone.localdate()
    serving = TeamMember.objects.serving(today)
    teams = list(serving.filter(volunteer__in=volunteers).values_list("volunteer", "team"))
    led: dict[int, list[int]] = {}
    for team, person in (
        serving.leaders().filter(team__in={team for _v, team in teams}).values_list("team", "volunteer__person")
    ):
        led.setdefault(team, []).append(person)
    found: dict[int, list[int]] = {}
    for volunteer, team in teams:
        found.setdefault(volunteer, []).extend(led.get(team, []))
    return found


def _who_is_asked(occasion: Occasion, roster: Roster) -> Iterable[int]:
    told: list[int] = occasion.about
    return told


def _accepted(now: datetime, until: datetime) -> Iterable[Occasion]:
    rows = HelpOffer.objects.filter(state=OfferState.ACCEPTED, answered_at__gte=now - _NEWS)
    for row in rows.select_related("request", "volunteer__person"):
        assert row.answered_at is not None
        facts = {"skill": row.request.skill}
        yield Occasion(f"{row.pk}", row.answered_at, ("help_request", row.request_id), facts, about=row.request)


def _nobody(now: datetime, until: datetime) -> Iterable[Occasion]:
    for row in HelpRequest.objects.filter(state=HelpState.NOBODY):
        facts = {"skill": row.skill}
        yield Occasion(f"{row.pk} {row.offers.count()}", row.updated_at, ("help_request", row.pk), facts, about=row)


def _thanked(now: datetime, until: datetime) -> Iterable[Occasion]:
    rows = HelpOffer.objects.filter(state=OfferState.DONE, request__thanked_at__gte=now - _NEWS)
    for row in rows.select_related("request", "volunteer"):
        assert row.request.thanked_at is not None
        yield Occasion(f"{row.pk}", row.request.thanked_at, ("own_help",), {"skill": row.request.skill}, about=row)


def _called_off(now: datetime, until: datetime) -> Iterable[Occasion]:
    """Whoever had agreed learns that it is no longer needed."""
    rows = HelpOffer.objects.filter(
        state=OfferState.CALLED_OFF, request__state=HelpState.WITHDRAWN, answered_at__gte=now - _NEWS
    )
    for row in rows.select_related("request", "volunteer"):
        assert row.answered_at is not None
        yield Occasion(f"{row.pk}", row.answered_at, ("own_help",), {"skill": row.request.skill}, about=row)


def _volunteer(occasion: Occasion, roster: Roster) -> Iterable[int]:
    return [occasion.about.volunteer.person_id]


def _recorder(occasion: Occasion, roster: Roster) -> Iterable[int]:
    return [occasion.about.recorded_by_id]


def _branch(occasion: Occasion, roster: Roster) -> Iterable[int]:
    return roster.branch()


def _words(facts: dict[str, Any]) -> dict[str, str]:
    until = parse_datetime(facts.get("until", ""))
    said = date_format(timezone.localtime(until), "DATETIME_FORMAT") if until else ""
    return {"skill": str(Skill(facts["skill"]).label), "until": said}


# Before people are told who is asked, those whose time is over make room.
reminders.before(helping.pass_on)
reminders.register(
    "help_offered",
    title=gettext_lazy("A neighbour asks for help"),
    due=_asked,
    recipients=_who_is_asked,
    text=lambda facts: _("A neighbour asks for help (%(skill)s). Please answer by %(until)s.") % _words(facts),
    urgent=True,
)
reminders.register(
    "help_asked_in_squad",
    title=gettext_lazy("Somebody of your squad is asked for help"),
    due=_asked_in_squad,
    recipients=_who_is_asked,
    text=lambda facts: (
        _(
            "Somebody of your squad without an account is asked for help (%(skill)s). "
            "Please ask them, and write the answer down by %(until)s."
        )
        % _words(facts)
    ),
    urgent=True,
)
reminders.register(
    "help_accepted",
    title=gettext_lazy("Somebody will help"),
    due=_accepted,
    recipients=_recorder,
    text=lambda facts: _("Somebody will help (%(skill)s). Please tell the neighbour who asked.") % _words(facts),
    urgent=True,
)
reminders.register(
    "help_nobody",
    title=gettext_lazy("Nobody found to help"),
    due=_nobody,
    recipients=_branch,
    text=lambda facts: _("Nobody was found to help a neighbour (%(skill)s). The branch is asked.") % _words(facts),
    urgent=True,
)
reminders.register(
    "help_thanked",
    title=gettext_lazy("A thank-you"),
    due=_thanked,
    recipients=_volunteer,
    text=lambda facts: _("A neighbour thanks you for your help (%(skill)s).") % _words(facts),
)
reminders.register(
    "help_called_off",
    title=gettext_lazy("Help no longer needed"),
    due=_called_off,
    recipients=_volunteer,
    text=lambda facts: _("The help you were asked for (%(skill)s) is no longer needed. Thank you.") % _words(facts),
    urgent=True,
)
