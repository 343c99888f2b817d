"""Approving, sending back, publishing and withdrawing: the only writers of a notice's state.

Each takes the row's lock, asks the table of moves, and writes down who did it.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from compounds.organisation import audit
from compounds.organisation.models import Entrance, Person, PostKind
from compounds.oversight.outbox import touch
from notices import postings, reminders, telling
from notices.delivering import queue
from notices.models import Notice, NoticeState, PlaceKind, Posting, PostingKind, Spot, Target
from notices.postings import Places
from notices.publishing.errors import NoticeMoved, PeriodOver, SecondPersonNeeded, see
from notices.publishing.moves import MOVES


@transaction.atomic
def approve(notice: Notice, *, now: datetime, by: Person) -> Notice:
    """Say that it may go out. Raises NoticeMoved, SecondPersonNeeded."""
    notice = _locked(notice, NoticeState.APPROVED)
    _approve(notice, now=now, by=by)
    notice.save()
    audit.record("notice.approve", about=notice.title, by=by)
    reminders.look_again()
    return notice


@transaction.atomic
def send_back(notice: Notice, *, why: str, by: Person) -> Notice:
    """Ask its writer for a change; what was approved is to be approved again. Raises NoticeMoved."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.state != NoticeState.DRAFT:
        _require_move(notice, NoticeState.DRAFT)
    notice.state, notice.sent_back = NoticeState.DRAFT, why
    notice.approved_by = notice.approved_at = None
    notice.save()
    audit.record("notice.send_back", about=notice.title, by=by, reason=why)
    reminders.look_again()
    return notice


@transaction.atomic
def publish(notice: Notice, *, now: datetime, by: Person) -> Notice:
    """Tell it, from today on: it is put up where its target says, and takes the place of what it replaces.

    An emergency may be published while nobody approved it: whoever publishes it approves it too, even alone.
    Raises NoticeMoved, PeriodOver.
    """
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.state == NoticeState.DRAFT and notice.is_emergency:
        notice.approved_by, notice.approved_at, notice.sent_back = by, now, ""
    else:
        _require_move(notice, NoticeState.PUBLISHED)
    today = timezone.localdate(now)
    if notice.ends_on < today:
        raise PeriodOver(day=date_format(notice.ends_on), actions=see(notice))
    notice.state, notice.starts_on = NoticeState.PUBLISHED, today
    notice.published_by, notice.published_at = by, now
    if notice.target == Target.POST:
        notice.save()
    else:
        _put_up(notice, today=today, by=by)
    telling.published(notice)
    if notice.replaces:
        _give_way(notice.replaces, now=now, by=by)
    audit.record("notice.publish", about=notice.title, by=by, notice=notice.kind, target=notice.target)
    touch("notices")
    reminders.look_again()
    return notice


@transaction.atomic
def withdraw(notice: Notice, *, why: str, now: datetime, by: Person) -> Notice:
    """Take it back. What was published stays readable by its address, with the reason. Raises NoticeMoved."""
    notice = _locked(notice, NoticeState.WITHDRAWN)
    _withdraw(notice, now=now, by=by, withdrawn_why=why)
    audit.record("notice.withdraw", about=notice.title, by=by, reason=why)
    touch("notices")
    reminders.look_again()
    return notice


def needs_second_person(notice: Notice, person: Person | None) -> bool:
    """Whether this person worded it last, and so is not the one to approve it."""
    if person is None or notice.worded_by_id != person.pk:
        return False
    return PostKind.BRANCH_SECRETARY not in person.kinds


def _approve(notice: Notice, *, now: datetime, by: Person) -> None:
    if needs_second_person(notice, by):
        raise SecondPersonNeeded(actions=see(notice))
    notice.state, notice.sent_back = NoticeState.APPROVED, ""
    notice.approved_by, notice.approved_at = by, now


def _put_up(notice: Notice, *, today: date, by: Person) -> None:
    """The notice knows its posting before anybody is told of it."""
    notice.posting = Posting.objects.create(
        kind=PostingKind.NOTICE,
        title=notice.title,
        text=notice.text,
        starts_on=today,
        ends_on=notice.ends_on,
        posted_by=by,
    )
    notice.save()
    postings.hang(notice.posting, places_of(notice))
    if notice.is_emergency:
        queue.press(notice.posting)


def places_of(notice: Notice) -> Places:
    """Everywhere; or the entrances meant, and the WeChat groups, which nobody can divide by entrance."""
    if notice.target == Target.COMPOUND:
        return Places.everywhere()
    by = "building__in" if notice.target == Target.BUILDINGS else "pk__in"
    groups = Spot.objects.in_use().filter(kind=PlaceKind.WECHAT_GROUP)
    return Places(groups, Entrance.objects.filter(**{by: notice.places}))


def _give_way(old: Notice, *, now: datetime, by: Person) -> None:
    """The old one is withdrawn, unless somebody withdrew it meanwhile."""
    old = Notice.objects.select_for_update(of=("self",)).get(pk=old.pk)
    if old.state == NoticeState.PUBLISHED:
        _withdraw(old, now=now, by=by, replaced=True)


def _withdraw(notice: Notice, *, now: datetime, by: Person, **why: object) -> None:
    notice.state, notice.sent_back = NoticeState.WITHDRAWN, ""
    notice.withdrawn_by, notice.withdrawn_at = by, now
    for name, value in why.items():
        setattr(notice, name, value)
    notice.save()
    if notice.posting:
        today = timezone.localdate(now)
        if notice.posting.ends_on > today:
            notice.posting.ends_on = today
            notice.posting.save(update_fields=["ends_on", "updated_at"])
        queue.call_back(notice.posting)
        telling.withdrawn(notice)


def _locked(notice: Notice, to: NoticeState) -> Notice:
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    _require_move(notice, to)
    return notice


def _require_move(notice: Notice, to: NoticeState) -> None:
    if to not in MOVES[NoticeState(notice.state)]:
        raise NoticeMoved(state=notice.get_state_display(), actions=see(notice))
