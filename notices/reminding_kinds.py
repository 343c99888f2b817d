"""Of what people are told about postings, objections and terms of posts (issue 5: reminders)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compounds.organisation.models import Post, PostKind, post_title
from compounds.workdays.lateness import day, moment
from notices import hanging, reminders
from notices.models import Objection, Posting
from notices.reminders import Occasion
from notices.reminding.roster import Roster

# Calendar days before a term ends (issue 5).
TERM_AHEAD = 60


def shown(value: str) -> str:
    """A day out of an occasion's facts, as people read it."""
    parsed = parse_date(value)
    return date_format(parsed, "MONTH_DAY_FORMAT") if parsed else ""


def _ending(now: datetime, until: datetime) -> Iterable[Occasion]:
    """On the morning of a posting's last day."""
    rows = Posting.objects.standing().filter(ends_on__gte=day(now), ends_on__lte=day(until))
    for row in rows:
        yield Occasion(f"{row.pk} {row.ends_on}", moment(row.ends_on), ("posting", row.pk), {"title": row.title})


def _places_missing(now: datetime, until: datetime) -> Iterable[Occasion]:
    """The day after it was put up and again halfway, for as long as it is to hang somewhere, counted by building."""
    rows = list(Posting.objects.standing().up(day(now)).with_missing_places())
    counted = hanging.counted(rows)
    for row in rows:
        found = counted[row.pk]
        facts = {"title": row.title, "done": found.done, "all": found.all}
        for on in sorted(_days_of_asking(row)):
            yield Occasion(f"{row.pk} {on}", moment(on), ("posting", row.pk), facts, about=found.missing)


def _days_of_asking(posting: Posting) -> set[date]:
    halfway = posting.starts_on + (posting.ends_on - posting.starts_on) / 2
    return {min(posting.starts_on + timedelta(days=1), posting.ends_on), halfway} - {posting.starts_on}


def _whose_places(occasion: Occasion, roster: Roster) -> Iterable[int]:
    yield from roster.branch()
    for unit in sorted(occasion.about):
        yield from roster.acting_for(unit)


def _places_text(facts: dict[str, Any]) -> str:
    if not facts["all"] or facts["done"] == facts["all"]:
        return _("“%(title)s” is still to hang on the notice board or in the WeChat group.") % facts
    return _("“%(title)s” hangs in %(done)s of %(all)s buildings.") % facts


def _objections(now: datetime, until: datetime) -> Iterable[Occasion]:
    """The day before an answer is due, and that day."""
    for row in Objection.objects.open().select_related("posting").filter(due_on__lte=day(until) + timedelta(days=1)):
        for on in (row.due_on - timedelta(days=1), row.due_on):
            if on <= day(now) or moment(on) <= until:
                facts = {"title": row.posting.title, "day": row.due_on.isoformat()}
                yield Occasion(f"{row.pk} {on}", moment(on), ("objection", row.pk), facts)


def _terms(now: datetime, until: datetime) -> Iterable[Occasion]:
    """Sixty days before a term ends, unless the same person or somebody else follows without a gap."""
    today = day(now)
    ending = Post.objects.filter(ends_on__gte=today, ends_on__lte=day(until) + timedelta(days=TERM_AHEAD))
    followed = set(Post.objects.filter(starts_on__gt=today).values_list("unit", "kind", "starts_on"))
    for row in ending.select_related("unit"):
        assert row.ends_on is not None
        if (row.unit_id, row.kind, row.ends_on + timedelta(days=1)) in followed:
            continue
        on = row.ends_on - timedelta(days=TERM_AHEAD)
        facts = {"post": row.kind, "unit": row.unit.name, "day": row.ends_on.isoformat()}
        yield Occasion(f"{row.pk} {row.ends_on}", moment(max(on, row.starts_on)), ("tree",), facts, about=row)


def _whose_term(occasion: Occasion, roster: Roster) -> Iterable[int]:
    row: Post = occasion.about
    yield row.person_id
    above = row.kind == PostKind.BRANCH_SECRETARY
    yield from roster.holding({PostKind.GENERAL_SECRETARY}) if above else roster.secretary()


def _term_text(facts: dict[str, Any]) -> str:
    return _("The term as %(post)s (%(unit)s) ends on %(day)s.") % {
        "post": post_title(facts["post"]),
        "unit": facts["unit"],
        "day": shown(facts["day"]),
    }


def _branch(occasion: Occasion, roster: Roster) -> Iterable[int]:
    return roster.branch()


reminders.register(
    "posting_ending",
    title=gettext_lazy("A posting ends"),
    due=_ending,
    recipients=_branch,
    text=lambda facts: _("“%(title)s” hangs for the last day today.") % facts,
)
reminders.register(
    "posting_places",
    title=gettext_lazy("Still to be put up"),
    due=_places_missing,
    recipients=_whose_places,
    text=_places_text,
)
reminders.register(
    "objection_due",
    title=gettext_lazy("An objection to be answered"),
    due=_objections,
    recipients=_branch,
    text=lambda facts: (
        _("An objection to “%(title)s” is to be answered by %(day)s.")
        % {"title": facts["title"], "day": shown(facts["day"])}
    ),
)
reminders.register(
    "term_ending",
    title=gettext_lazy("A term ends"),
    due=_terms,
    recipients=_whose_term,
    text=_term_text,
)
