"""Material rewards: named, handed over with a signed receipt, and one page of each year's."""

from django.contrib import messages
from django.db.models import Q, Sum
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.policies import may
from compounds.photos.serving import photo_response
from volunteers import honours_wall, policies
from volunteers.forms.honours import ReceiptForm, RewardForm
from volunteers.models import Honour
from volunteers.services import rewards as service
from volunteers.web.honours import honour_or_404, usual_year

_FORM = ["GET", "HEAD", "POST"]


@require_safe
@may(policies.HONOUR_GIVE)
def rewards(request: HttpRequest) -> HttpResponse:
    """What was given with the honours of a year: worth how much, from whom, and whether it was signed for."""
    with_reward = Honour.objects.standing().exclude(reward="")
    years = list(with_reward.order_by("-year").values_list("year", flat=True).distinct())
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(one) for one in years} else (years[0] if years else usual_year())
    rows = with_reward.of_year(year).with_receivers().order_by("kind__position", "number", "pk")
    worth = rows.aggregate(
        all=Sum("reward_value"), received=Sum("reward_value", filter=Q(reward_received_on__isnull=False))
    )
    lines = honours_wall.lines_for(request.person, rows)
    context = {
        "nav": "board",
        "year": year,
        "years": years,
        "lines": lines,
        "worth": worth["all"] or 0,
        "received": worth["received"] or 0,
        "open": sum(one.honour.reward_received_on is None for one in lines),
    }
    return render(request, "volunteers/rewards.html", context)


@require_http_methods(_FORM)
@may(policies.HONOUR_GIVE)
def reward(request: HttpRequest, pk: int) -> HttpResponse:
    found = honour_or_404(request, pk)
    form = RewardForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        service.name(
            found, reward=data["reward"], value=data["reward_value"], donor=data["reward_donor"], by=request.person
        )
        messages.success(request, _("Written down."))
        return redirect("honour", found.pk)
    context = {"nav": "board", "honour": found, "form": form, "name": _name(request, pk), "receipt": False}
    return render(request, "volunteers/reward.html", context, status=422 if form.is_bound else 200)


@require_http_methods(_FORM)
@may(policies.HONOUR_GIVE)
def reward_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    found = honour_or_404(request, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReceiptForm(*sent, honour=found, initial={"on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        service.receive(found, **form.cleaned_data, by=request.person)
        messages.success(request, _("Received and signed for."))
        return redirect(found)
    context = {"nav": "board", "honour": found, "form": form, "name": _name(request, pk), "receipt": True}
    return render(request, "volunteers/reward.html", context, status=422 if form.is_bound else 200)


@require_safe
@may(policies.HONOUR_GIVE)
def reward_photo(request: HttpRequest, pk: int, size: str) -> FileResponse:
    """The signed receipt; it bears a signature, so the branch alone looks at it."""
    rows = Honour.objects.filter(reward_receipt__isnull=False).select_related("reward_receipt")
    return photo_response(get_object_or_404(rows, pk=pk).reward_receipt, size)


def _name(request: HttpRequest, pk: int) -> str:
    # Read afresh: a form that is not right has changed the row that it was bound to.
    return honours_wall.lines_for(request.person, [honour_or_404(request, pk)])[0].name


urlpatterns = [
    path("honours/rewards/", rewards, name="rewards"),
    path("honours/<int:pk>/reward/", reward, name="reward"),
    path("honours/<int:pk>/reward/receipt/", reward_receipt, name="reward_receipt"),
    path("honours/<int:pk>/reward/receipt/<slug:size>/", reward_photo, name="reward_photo"),
]
