"""My doors on screen: the list to walk along, one tap a door, a whole corridor at once, one door with its visits."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.organisation.models import Household
from compounds.organisation.models.settings import contact_rhythm
from compounds.organisation.policies import may
from compounds.organisation.sight import households_visible_to
from consultation import doors as door_list
from consultation.forms.doors import TapForm, VisitForm
from consultation.models import Issue, Visit, VisitOutcome
from consultation.services import doors, step1_visit
from consultation.web.care import household_is_kept

# A phone screen holds no more; those who have more doors waiting go by corridor.
_LATE_SHOWN = 40
_VISITS_SHOWN = 20


@require_safe
def my_doors(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    walks = door_list.walks(request.person, today)
    walk = next((one for one in walks if str(one.unit.pk) == request.GET.get("unit")), walks[0] if walks else None)
    lines = door_list.lines(request.person, walk.unit, today) if walk else []
    by_corridor = request.GET.get("by") == "corridor"
    late = [line for line in lines if line.state == "late" and not line.done_today]
    context = {
        "nav": "my_day",
        "walks": walks,
        "walk": walk,
        "by_corridor": by_corridor,
        "corridors": door_list.corridors(lines) if by_corridor else [],
        "late": late[:_LATE_SHOWN],
        "more_late": max(0, len(late) - _LATE_SHOWN),
        "today": [line for line in lines if line.done_today],
        "coming": [line for line in lines if line.state == "due" and not line.done_today],
        "rest": [line for line in lines if line.state in {"ok", "empty"} and not line.done_today],
        "outcomes": VisitOutcome,
        "rhythm": contact_rhythm().days,
    }
    return render(request, "consultation/step1_doors.html", context)


@require_POST
@may("visit.record")
def tap(request: HttpRequest, pk: int) -> HttpResponse:
    household = _own(request, pk)
    form = TapForm(request.POST)
    if not form.is_valid():
        return _answer_line(request, household, wrong=True)
    step1_visit.visit(household, outcome=form.cleaned_data["outcome"], on=timezone.localdate(), by=request.person)
    return _answer_line(request, household)


@require_POST
@may("visit.record")
def tap_corridor(request: HttpRequest) -> HttpResponse:
    form = TapForm(request.POST)
    pks = [int(pk) for pk in request.POST.getlist("door") if pk.isdecimal() and len(pk) < 18]
    if not form.is_valid() or not pks:
        messages.warning(request, _("Choose at least one door and what came of it."))
        return _back(request)
    visits = doors.visit_corridor(pks, outcome=form.cleaned_data["outcome"], now=timezone.now(), by=request.person)
    said = ngettext("Written down at %(count)s door.", "Written down at %(count)s doors.", len(visits))
    messages.success(request, said % {"count": len(visits)})
    return _back(request)


@require_POST
@may("visit.take_back")
def take_back(request: HttpRequest) -> HttpResponse:
    pks = [int(pk) for pk in request.POST.getlist("visit") if pk.isdecimal() and len(pk) < 18]
    taken = doors.take_back(pks, now=timezone.now(), by=request.person)
    if request.htmx and len(taken) == 1:
        return _answer_line(request, _own(request, taken[0].pk))
    messages.success(request, _("Taken back."))
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
@may("visit.record")
def door(request: HttpRequest, pk: int) -> HttpResponse:
    household = _own(request, pk)
    form = VisitForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        step1_visit.visit(
            household,
            outcome=form.cleaned_data["outcome"],
            on=form.cleaned_data["visited_on"],
            note=form.cleaned_data["note"],
            by=request.person,
        )
        messages.success(request, _("Written down."))
        return redirect("door", pk=household.pk)
    context = {
        "nav": "my_day",
        "line": _line(household),
        "form": form,
        "visits": _visits(request, household),
        "people": household.people.all(),
        **household_is_kept(request, household),
    }
    return render(request, "consultation/step1_door.html", context, status=422 if form.is_bound else 200)


def _own(request: HttpRequest, pk: int) -> Household:
    rows = households_visible_to(request.person).select_related("entrance__building__unit")
    return get_object_or_404(rows, pk=pk)


def _line(household: Household) -> door_list.DoorLine:
    fresh = Household.objects.filter(pk=household.pk).select_related("entrance__building__unit")
    return door_list.lines_of(fresh, timezone.localdate())[0]


def _visits(request: HttpRequest, household: Household) -> list[tuple[Visit, bool]]:
    """The last visits, and whether this reader may know of the matter that was noted at each."""
    rows = list(household.visits.select_related("by", "issue")[:_VISITS_SHOWN])
    noted = Issue.objects.visible_to(request.person).filter(pk__in=[row.issue_id for row in rows if row.issue_id])
    known = set(noted.values_list("pk", flat=True))
    return [(row, row.issue_id in known) for row in rows]


def _answer_line(request: HttpRequest, household: Household, *, wrong: bool = False) -> HttpResponse:
    if request.htmx:
        context = {"line": _line(household), "outcomes": VisitOutcome, "wrong": wrong, "swapped": True}
        return render(request, "consultation/step1_door_line.html", context, status=422 if wrong else 200)
    if wrong:
        messages.warning(request, _("Choose what came of it."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the list one came from: its unit and its order, nothing else of what was sent."""
    wanted = {name: request.POST.get(name, "") for name in ("unit", "by")}
    kept = "&".join(f"{name}={value}" for name, value in wanted.items() if value.isascii() and value.isalnum())
    return HttpResponseRedirect(reverse("my_doors") + (f"?{kept}" if kept else ""))


urlpatterns = [
    path("doors/", my_doors, name="my_doors"),
    path("doors/<int:pk>/", door, name="door"),
    path("doors/<int:pk>/visits/", tap, name="door_tap"),
    path("doors/visits/", tap_corridor, name="corridor_tap"),
    path("doors/visits/taking-back/", take_back, name="visit_take_back"),
]
