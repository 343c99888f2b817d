"""Which webhooks somebody must see to, in words: told on the first page of the district's admin."""

from datetime import datetime, timedelta

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compounds.partners.hooks.sending import ENDS_AFTER
from compounds.partners.models import HookDelivery, HookState, Subscription
from compounds.partners.standing import webhooks_inside
from compounds.registry.models import StaffLevel

# What fails for less mends itself, as a rule.
_WORTH_A_LOOK = timedelta(hours=1)
# So long one is told that an event was given up, however well others went after it.
_LATELY = timedelta(days=1)
_SHOWN = 10


def needing(request: HttpRequest, *, now: datetime) -> QuerySet[Subscription]:
    """Those that were switched off by themselves, have failed for an hour, or whose event was given up within the last
    day, for who may see webhooks."""
    failing = Q(active=True, client__active=True, failing_since__lt=now - _WORTH_A_LOOK)
    lost = Q(active=True, client__active=True, given_up__gt=0)
    rows = with_given_up(webhooks_inside(request, Subscription.objects.all(), level=StaffLevel.READ), now=now)
    found = rows.filter(Q(disabled_at__isnull=False) | failing | lost).select_related("client")
    return found.order_by(F("disabled_at").desc(nulls_last=True), "failing_since", "pk")


def with_given_up(rows: QuerySet[Subscription], *, now: datetime) -> QuerySet[Subscription]:
    """With ``given_up``: how many events of the last day were tried to the end. What it might not be told of any more
    is no failure."""
    lately = HookDelivery.objects.filter(state=HookState.FAILED, tried_at__gte=now - _LATELY)
    mine = lately.exclude(answer="not_allowed").filter(subscription=OuterRef("pk")).order_by()
    counted = mine.values("subscription").annotate(many=Count("pk")).values("many")
    return rows.annotate(given_up=Coalesce(Subquery(counted), 0))


def told(request: HttpRequest, *, now: datetime) -> list[tuple[Subscription, str]]:
    """The first ten of them, each with how it is."""
    return [(row, in_words(row)) for row in needing(request, now=now)[:_SHOWN]]


def in_words(row: Subscription) -> str:
    """How one is, of ``with_given_up``."""
    if row.disabled_at:
        gone = row.failing_since is None or row.disabled_at - row.failing_since < ENDS_AFTER
        said = _("Switched off on %(day)s: the partner said that this address is gone.") if gone else ""
        return (said or _("Switched off on %(day)s: nothing was taken for a day.")) % {"day": _moment(row.disabled_at)}
    if not row.active:
        return _("not in use")
    if row.failing_since:
        return _("Nothing is taken since %(day)s; it is tried again.") % {"day": _moment(row.failing_since)}
    if lost := getattr(row, "given_up", 0):
        words = ngettext(
            "%(count)d event was given up within a day.", "%(count)d events were given up within a day.", lost
        )
        return words % {"count": lost}
    return _("well")


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
