"""What was sent, and what was not: the branch sees why, and decides about what may have arrived."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from compounds.kernel.pagination import keyset_page
from compounds.organisation.policies import allows, may
from notices.delivering import deciding, reasons
from notices.models import Delivery, DeliveryKind, DeliveryState
from notices.policies import DELIVERIES

FILTERS = {
    "": gettext_lazy("everything"),
    "stuck": gettext_lazy("to be decided"),
    "failed": gettext_lazy("not sent"),
    "waiting": pgettext_lazy("delivery", "waiting"),
}


@dataclass(frozen=True)
class Line:
    """One delivery as it is shown: what it was about, how it stands, why, and what may be done."""

    row: Delivery
    about: str
    reason: str
    stuck: bool
    may_send_again: bool


@require_safe
@may(DELIVERIES)
def deliveries(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in FILTERS else ""
    rows = _narrowed(chosen, now).select_related(
        "outlet__person", "outlet__building__unit", "posting", "reminder", "decided_by"
    )
    page = keyset_page(request, rows, by="created_at")
    context = {
        "nav": "tree",
        "page": page,
        "lines": [_line(row, now) for row in page.rows],
        "filters": FILTERS.items(),
        "chosen": chosen,
        "stuck": Delivery.objects.stuck(now).count(),
        "may_decide": allows("delivery.decide", request.person),
        "may_set_up": allows("robot.change", request.person),
    }
    return render(request, "notices/deliveries.html", context)


@require_POST
@may("delivery.decide")
def delivery_again(request: HttpRequest, pk: int) -> HttpResponse:
    deciding.send_again(get_object_or_404(Delivery, pk=pk), now=timezone.now(), by=request.person)
    messages.success(request, _("It will be sent again."))
    return redirect("deliveries")


@require_POST
@may("delivery.decide")
def delivery_arrived(request: HttpRequest, pk: int) -> HttpResponse:
    deciding.it_arrived(get_object_or_404(Delivery, pk=pk), now=timezone.now(), by=request.person)
    messages.success(request, _("Noted: it arrived."))
    return redirect("deliveries")


def _narrowed(chosen: str, now: datetime) -> QuerySet[Delivery]:
    match chosen:
        case "stuck":
            return Delivery.objects.stuck(now)
        case "failed":
            return Delivery.objects.filter(state=DeliveryState.FAILED)
        case "waiting":
            return Delivery.objects.filter(state=DeliveryState.QUEUED)
        case _:
            return Delivery.objects.all()


def _line(row: Delivery, now: datetime) -> Line:
    """What somebody is reminded of is theirs: of a person's messages only the kind is shown."""
    about = row.posting.title if row.posting else row.get_kind_display()
    stuck = row.is_stuck(now)
    open_to_decide = (stuck or row.state == DeliveryState.FAILED) and row.kind != DeliveryKind.CODE
    return Line(row, about, reasons.words(row.error), stuck, open_to_decide and (stuck or row.outlet.active))


urlpatterns = [
    path("deliveries/", deliveries, name="deliveries"),
    path("deliveries/<int:pk>/again/", delivery_again, name="delivery_again"),
    path("deliveries/<int:pk>/arrived/", delivery_arrived, name="delivery_arrived"),
]
