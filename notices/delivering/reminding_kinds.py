"""Of what the branch is told about what goes out: nobody knows whether it arrived, a robot is gone from its group."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices import reminders
from notices.models import ChannelName, Delivery, DeliveryKind, Outlet
from notices.reminders import Occasion
from notices.reminding.roster import Roster


def _stuck(now: datetime, until: datetime) -> Iterable[Occasion]:
    """Postings in groups that may have arrived; a person's own messages are not the branch's business."""
    rows = Delivery.objects.stuck(until).filter(outlet__channel=ChannelName.ROBOT).exclude(kind=DeliveryKind.TEST)
    for row in rows.select_related("outlet", "posting"):
        assert row.leased_until is not None
        facts = {"title": row.posting.title if row.posting else "", "group": row.outlet.name}
        yield Occasion(f"{row.pk} {row.attempts}", row.leased_until, ("deliveries",), facts)


def _gone(now: datetime, until: datetime) -> Iterable[Occasion]:
    for row in Outlet.objects.robots().filter(active=False, last_error="no_such_robot"):
        if row.last_failed_at:
            key = f"{row.pk} {row.last_failed_at:%Y-%m-%d}"
            yield Occasion(key, row.last_failed_at, ("settings_robots",), {"group": row.name})


def _branch(occasion: Occasion, roster: Roster) -> Iterable[int]:
    return roster.branch()


def _secretary(occasion: Occasion, roster: Roster) -> Iterable[int]:
    return roster.secretary()


reminders.register(
    "delivery_stuck",
    title=gettext_lazy("Perhaps not arrived"),
    due=_stuck,
    recipients=_branch,
    text=lambda facts: (
        _("Nobody knows whether “%(title)s” arrived in %(group)s. Look there and say which it is.") % facts
    ),
)
reminders.register(
    "robot_gone",
    title=gettext_lazy("A robot is gone"),
    due=_gone,
    recipients=_secretary,
    text=lambda facts: _("The robot of %(group)s is gone or was stopped; nothing is said there any more.") % facts,
)
