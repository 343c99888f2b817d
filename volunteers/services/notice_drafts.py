"""A notice about an activity: drafted with its facts, worded by whoever asked, approved and published by the branch."""

from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from compounds.kernel.words import moment
from compounds.organisation.models import Person
from notices.models import Notice, NoticeKind, NoticeState
from notices.publishing import drafting
from notices.publishing.forms import USUAL
from volunteers.models import Activity


@transaction.atomic
def draft(activity: Activity, *, today: date, by: Person) -> Notice:
    """The draft that this person has under way about it, or a new one. Residents read it, so it is in Chinese."""
    activity = Activity.objects.select_for_update(of=("self",)).select_related("venue").get(pk=activity.pk)
    with translation.override("zh-hans"):
        wording = {"kind": NoticeKind.ACTIVITY, "title": _title(activity), "text": _text(activity)}
    there = Notice.objects.filter(state=NoticeState.DRAFT, written_by=by, title=wording["title"]).first()
    if there:
        return there
    ends_on = max(timezone.localdate(activity.ends_at), today)
    return drafting.write({**wording, "ends_on": min(ends_on, today + 20 * USUAL)}, by=by)


def _title(activity: Activity) -> str:
    if activity.is_cancelled:
        return _("Cancelled: %(title)s") % {"title": activity.title}
    if activity.moved_at:
        return _("Moved: %(title)s") % {"title": activity.title}
    return activity.title


def _text(activity: Activity) -> str:
    when = moment(activity.starts_at)
    if activity.is_cancelled:
        words = _("The activity on %(when)s does not take place: %(why)s")
        return words % {"when": when, "why": activity.cancelled_why}
    lines = [_("When: %(when)s") % {"when": when}]
    if activity.where:
        lines.append(_("Where: %(where)s") % {"where": activity.where})
    if activity.text:
        lines.append(activity.text)
    return "\n".join(lines)
