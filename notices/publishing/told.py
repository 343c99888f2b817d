"""Of what people are told about notices: a new one, a draft that waits, one sent back, one to be taken down."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from compounds.organisation.models import Person, PostKind
from compounds.workdays.lateness import day
from notices import reminders
from notices.models import Notice, NoticeKind, NoticeState, PostingPlace, Reminder, Target
from notices.publishing import readers
from notices.reminders import Occasion
from notices.reminding.roster import Roster

PUBLISHED = "notice_published"


def key_of(notice: Notice) -> str:
    """The occasion of its being published."""
    return str(notice.pk)


def opened(notice: Notice, *, now: datetime, by: Person) -> None:
    """This member has it on the screen: what told them of it is read.

    An emergency that they opened before the worker told them of it counts as told: it does not come back as new.
    """
    mine = Reminder.objects.filter(person=by, kind=PUBLISHED, key=key_of(notice))
    if mine.exists():
        mine.unread().update(read_at=now)
    elif notice.is_emergency and readers.meant_for(by, day(now)).filter(pk=notice.pk).exists():
        row = Reminder(
            kind=PUBLISHED,
            key=key_of(notice),
            person=by,
            at=now,
            out_at=now,
            urgent=True,
            facts=_facts(notice),
            target=["notice", notice.pk],
            handed_at=now,
            read_at=now,
        )
        Reminder.objects.bulk_create([row], ignore_conflicts=True)


def _facts(notice: Notice) -> dict[str, Any]:
    return {"title": notice.title, "title_en": notice.title_en, "kind": notice.kind}


def _published(now: datetime, until: datetime) -> Iterable[Occasion]:
    """Once it is up, those for whom it is meant; an emergency at any hour."""
    rows = list(Notice.objects.up(day(now)))
    somewhere = any(row.target in {Target.BUILDINGS, Target.ENTRANCES} for row in rows)
    where = readers.whereabouts(None, day(now)) if somewhere else {}
    for row in rows:
        assert row.published_at is not None
        about = (row, where)
        pressing = {"urgent": row.is_emergency, "at_any_hour": row.is_emergency}
        yield Occasion(key_of(row), row.published_at, ("notice", row.pk), _facts(row), about, **pressing)


def _readers(occasion: Occasion, roster: Roster) -> Iterable[int]:
    notice, where = occasion.about
    return readers.people_for(notice, roster, where)


def _drafts(now: datetime, until: datetime) -> Iterable[Occasion]:
    """A draft waits for the branch from when it was worded last."""
    for row in Notice.objects.waiting():
        facts = {"title": row.title, "kind": row.kind}
        key = f"{row.pk} {row.updated_at.isoformat()}"
        pressing = {"urgent": row.is_emergency, "at_any_hour": row.is_emergency}
        yield Occasion(key, row.updated_at, ("notice", row.pk), facts, row, **pressing)


def _approvers(occasion: Occasion, roster: Roster) -> Iterable[int]:
    """The branch; whoever worded it knows, and the secretary who did may publish it alone."""
    return [person for person in roster.branch() if person != occasion.about.worded_by_id]


def _sent_back(now: datetime, until: datetime) -> Iterable[Occasion]:
    for row in Notice.objects.filter(state=NoticeState.DRAFT).exclude(sent_back=""):
        facts = {"title": row.title, "why": row.sent_back}
        yield Occasion(f"{row.pk} {row.updated_at.isoformat()}", row.updated_at, ("notice", row.pk), facts, row)


def _writer(occasion: Occasion, roster: Roster) -> Iterable[int]:
    return [person for person in roster.holding(PostKind) if person == occasion.about.written_by_id]


def _withdrawn(now: datetime, until: datetime) -> Iterable[Occasion]:
    """What was put up somewhere is to be taken down; told until the day on which it would have ended."""
    rows = list(Notice.objects.filter(state=NoticeState.WITHDRAWN, ends_on__gte=day(now), posting__isnull=False))
    postings = [row.posting_id for row in rows]
    hung: dict[int, set[int]] = {}
    ticked = PostingPlace.objects.ticked().filter(posting__in=postings).values_list("posting", "ticked_by")
    for posting, person in ticked:
        hung.setdefault(posting, set()).add(person)
    for row in rows:
        people = sorted(hung.get(row.posting_id or 0, ()))
        if people:
            assert row.withdrawn_at is not None
            yield Occasion(str(row.pk), row.withdrawn_at, ("notice", row.pk), {"title": row.title}, people)


def _hangers(occasion: Occasion, roster: Roster) -> Iterable[int]:
    serving = set(roster.holding(PostKind))
    return [person for person in occasion.about if person in serving]


def _published_text(facts: dict[str, Any]) -> str:
    english = facts["title_en"] and (get_language() or "").startswith("en")
    return _("%(kind)s: %(title)s") % {
        "kind": NoticeKind(facts["kind"]).label,
        "title": facts["title_en"] if english else facts["title"],
    }


reminders.register(
    PUBLISHED,
    title=gettext_lazy("A new notice"),
    due=_published,
    recipients=_readers,
    text=_published_text,
)
reminders.register(
    "notice_draft",
    title=gettext_lazy("A notice to be approved"),
    due=_drafts,
    recipients=_approvers,
    text=lambda facts: _("“%(title)s” waits for your approval.") % facts,
)
reminders.register(
    "notice_sent_back",
    title=gettext_lazy("A notice to be changed"),
    due=_sent_back,
    recipients=_writer,
    text=lambda facts: _("The branch sent “%(title)s” back: %(why)s") % facts,
)
reminders.register(
    "notice_withdrawn",
    title=gettext_lazy("A notice to be taken down"),
    due=_withdrawn,
    recipients=_hangers,
    text=lambda facts: _("“%(title)s” was withdrawn: please take down what you put up.") % facts,
)
