"""What notices bring into somebody's day: emergencies that they have not opened, and what waits for them to decide."""

from datetime import date
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.organisation.policies import allows
from notices import policies
from notices.models import Notice, NoticeKind, NoticeState, Reminder
from notices.publishing import deciding, readers, told
from notices.publishing.showing import Line, lines

_MOST = 50


def emergencies_for(person: Person, on: date) -> list[Line]:
    """Emergencies that are up, meant for this person and not opened by them yet. Whoever published it knows."""
    opened = Reminder.objects.filter(person=person, kind=told.PUBLISHED, read_at__isnull=False)
    opened = opened.filter(key=Cast(OuterRef("pk"), CharField()))
    rows = readers.meant_for(person, on).filter(kind=NoticeKind.EMERGENCY).exclude(published_by=person)
    return lines(rows.exclude(Exists(opened)))


def waiting_for(person: Person) -> list[tuple[Notice, Any]]:
    """Drafts that the branch is to look at, approved ones to be published, and what was sent back to this person."""
    mine = Q(state=NoticeState.DRAFT, written_by=person) & ~Q(sent_back="")
    if not allows(policies.NOTICE_APPROVE, person):
        return [(row, _("a notice, sent back: to be changed")) for row in Notice.objects.filter(mine)[:_MOST]]
    rows = Notice.objects.filter(mine | Q(state=NoticeState.DRAFT, sent_back="") | Q(state=NoticeState.APPROVED))
    return [
        (row, _what(row))
        for row in rows.order_by("created_at")[:_MOST]
        if row.sent_back or row.state == NoticeState.APPROVED or not deciding.needs_second_person(row, person)
    ]


def _what(notice: Notice) -> Any:
    if notice.state == NoticeState.APPROVED:
        return _("a notice, approved: to be published")
    if notice.sent_back:
        return _("a notice, sent back: to be changed")
    return _("an emergency: to be published at once") if notice.is_emergency else _("a notice to be approved")
