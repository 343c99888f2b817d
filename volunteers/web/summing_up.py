"""After an activity: summing it up, its photos, and ringing those who read nothing in the app."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.policies import may, require
from compounds.photos.models import Photo
from compounds.photos.serving import photo_response
from volunteers.forms.summing_up import SumUpForm
from volunteers.models import Activity
from volunteers.policies import ACTIVITY_CHANGE
from volunteers.selectors import activities
from volunteers.services import calling, summing_up


@require_http_methods(["GET", "HEAD", "POST"])
@may(ACTIVITY_CHANGE)
def activity_sum_up(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SumUpForm(*sent, initial=_start(found))
    if form.is_valid():
        summing_up.sum_up(found, **form.cleaned_data, now=timezone.now(), by=request.person)
        messages.success(request, _("Summed up. It counts for its month."))
        return redirect(found)
    context = {"nav": "tree", "activity": found, "form": form}
    return render(request, "volunteers/activity_sum_up.html", context, status=422 if form.is_bound else 200)


@require_safe
def activity_photo(request: HttpRequest, pk: int, photo: UUID, size: str) -> FileResponse:
    """A photo of an activity, for members."""
    get_object_or_404(Activity, pk=pk, photos__contains=[photo])
    return photo_response(get_object_or_404(Photo, pk=photo), size)


@never_cache
@sensitive_variables("people")
@require_http_methods(["GET", "HEAD", "POST"])
@may(ACTIVITY_CHANGE)
def activity_calls(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to ring because the activity was moved or cancelled; the numbers are in the answer to a POST only."""
    found = _mine(request, pk)
    rows = activities.to_ring(found)
    numbers = request.method == "POST"
    people = calling.with_numbers(found, rows, by=request.person) if numbers else calling.masked(rows)
    context = {"nav": "tree", "activity": found, "people": people, "numbers": numbers}
    return render(request, "volunteers/activity_calls.html", context)


def _mine(request: HttpRequest, pk: int) -> Activity:
    found = get_object_or_404(Activity.objects.select_related("team"), pk=pk)
    require(ACTIVITY_CHANGE, request.person, found)
    return found


def _start(found: Activity) -> dict[str, object]:
    """As it was summed up before; else with how many are noted as having come."""
    if found.is_held:
        return {name: getattr(found, name) for name in ("people_served", "elderly_served", "summary")}
    came = activities.came_to(found)
    return {"people_served": came} if came else {}


urlpatterns = [
    path("activities/<int:pk>/summary/", activity_sum_up, name="activity_sum_up"),
    path("activities/<int:pk>/photos/<uuid:photo>/<slug:size>/", activity_photo, name="activity_photo"),
    path("activities/<int:pk>/calls/", activity_calls, name="activity_calls"),
]
