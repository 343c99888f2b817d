"""Writing a notice, and changing it for as long as it is a draft."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from compounds.organisation import audit
from compounds.organisation.models import Person
from compounds.photos import intake
from compounds.photos.intake import Picture
from notices import reminders
from notices.models import Notice, NoticeState
from notices.publishing.errors import NoticeFixed, NoticeMoved, ReplacedAlready, see


@transaction.atomic
def write(
    wording: dict[str, Any], *, photos: Iterable[Picture] = (), replaces: Notice | None = None, by: Person
) -> Notice:
    """Write a draft; the branch finds it in its day. ``wording`` are fields of the row: kind, words, target, last day.

    Raises NoticeMoved when what it is to replace is not published, ReplacedAlready.
    """
    if replaces:
        require_replaceable(replaces)
    try:
        with transaction.atomic():
            notice = Notice.objects.create(
                **wording, photos=_kept(photos), replaces=replaces, written_by=by, worded_by=by
            )
    except IntegrityError as error:
        if replaces is None or "one_notice_takes_another_s_place" not in str(error):
            raise
        raise ReplacedAlready(actions=see(replaces)) from error
    audit.record("notice.write", about=notice.title, by=by, notice=notice.kind)
    reminders.look_again()
    return notice


@transaction.atomic
def change(
    notice: Notice,
    wording: dict[str, Any],
    *,
    photos: Iterable[Picture] = (),
    taken_out: Iterable[UUID] = (),
    by: Person,
) -> Notice:
    """Word a draft anew; it waits for the branch again. Raises NoticeFixed."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    require_draft(notice)
    changed = [name for name, value in wording.items() if getattr(notice, name) != value]
    for name, value in wording.items():
        setattr(notice, name, value)
    notice.worded_by, notice.sent_back = by, ""
    out = set(taken_out)
    notice.photos = [key for key in notice.photos if key not in out] + _kept(photos)
    notice.save()
    audit.record("notice.change", about=notice.title, by=by, fields=changed)
    reminders.look_again()
    return notice


def require_draft(notice: Notice) -> None:
    """Raise NoticeFixed unless its words may still be changed."""
    if notice.state != NoticeState.DRAFT:
        raise NoticeFixed(state=notice.get_state_display(), actions=see(notice))


def require_replaceable(notice: Notice) -> None:
    """Raise NoticeMoved unless a new notice may take this one's place, ReplacedAlready when one is on its way."""
    if notice.state != NoticeState.PUBLISHED:
        raise NoticeMoved(state=notice.get_state_display(), actions=see(notice))
    coming = notice.replacements.exclude(state=NoticeState.WITHDRAWN).first()
    if coming:
        raise ReplacedAlready(actions=see(coming))


def _kept(photos: Iterable[Picture]) -> list[UUID]:
    return [intake.keep(picture).pk for picture in photos]
