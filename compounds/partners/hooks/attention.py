"""Which webhooks somebody must see to, in words: told on the first page of the district's admin."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from compounds.partners.hooks.sending import ENDS_AFTER
from compounds.partners.models import Subscription
from compounds.partners.standing import stands
from compounds.registry.models import StaffLevel

# What fails for less mends itself, as a rule.
_WORTH_A_LOOK = timedelta(hours=1)
_SHOWN = 10


def needing(request: HttpRequest, *, now: datetime) -> QuerySet[Subscription]:
    """Those that were switched off by themselves or have failed for an hour, for who may see webhooks."""
    if not stands(request, StaffLevel.READ):
        return Subscription.objects.none()
    failing = Q(active=True, client__active=True, failing_since__lt=now - _WORTH_A_LOOK)
    found = Subscription.objects.filter(Q(disabled_at__isnull=False) | failing).select_related("client")
    return found.order_by(F("disabled_at").desc(nulls_last=True), "failing_since", "pk")


def told(request: HttpRequest, *, now: datetime) -> list[tuple[Subscription, str]]:
    """The first ten of them, each with how it is."""
    return [(row, in_words(row)) for row in needing(request, now=now)[:_SHOWN]]


def in_words(row: Subscription) -> str:
    """How one is."""
    if row.disabled_at:
        gone = row.failing_since is None or row.disabled_at - row.failing_since < ENDS_AFTER
        said = _("Switched off on %(day)s: the partner said that this address is gone.") if gone else ""
        return (said or _("Switched off on %(day)s: nothing was taken for a day.")) % {"day": _moment(row.disabled_at)}
    if not row.active:
        return _("not in use")
    if row.failing_since:
        return _("Nothing is taken since %(day)s; it is tried again.") % {"day": _moment(row.failing_since)}
    return _("well")


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
