"""The four seats and the council: one page to read, and a form for each change."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.models import Person, Post
from compounds.organisation.policies import allows, may
from consultation.forms.council import DeliberatorForm, EndForm, SeatForm, VacancyForm
from consultation.models import Deliberator, LegalBasis, Party, PartySeat
from consultation.services import council as service

_HISTORY = 60


@dataclass(frozen=True)
class SeatLine:
    """One party: its seat today, before and after, and who deliberates for it."""

    party: Party
    now: PartySeat | None
    coming: list[PartySeat]
    past: list[PartySeat]
    terms: list[Deliberator]


@require_safe
def council(request: HttpRequest) -> HttpResponse:
    today, person = timezone.localdate(), request.person
    rows = defaultdict(list)
    for seat in PartySeat.objects.order_by("-starts_on")[: _HISTORY * len(Party)]:
        rows[seat.party].append(seat)
    serving = defaultdict(list)
    for term in Deliberator.objects.serving(today).select_related("person"):
        serving[term.party].append(term)
    lines = [_line(party, rows[party], serving[party], today) for party in Party]
    context = {
        "nav": "issues",
        "lines": lines,
        "missing": [line.party.label for line in lines if line.now is None],
        "deliberators": sum(len(line.terms) for line in lines),
        "ended": Deliberator.objects.filter(ends_on__lt=today).select_related("person").order_by("-ends_on")[:_HISTORY],
        "fills": allows("seat.fill", person),
        "declares": allows("seat.declare_vacant", person),
        "appoints": allows("council.appoint", person),
    }
    return render(request, "consultation/council.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may("seat.fill")
def seat_fill(request: HttpRequest, party: str) -> HttpResponse:
    which = _party(party)
    start = {
        "starts_on": timezone.localdate(),
        "minimum": service.RESIDENTS_MINIMUM if which == Party.RESIDENTS else 1,
    }
    form = SeatForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {"legal_basis": LegalBasis(form.cleaned_data["legal_basis"])}
        service.fill(which, **data, by=request.person)
        messages.success(request, _("The seat is filled."))
        return redirect("council")
    return _form_page(
        request,
        form,
        head=_("Who fills the seat: %(party)s?") % {"party": which.label},
        lead=_("What was before ends the day before. Everything stays in the history."),
        button=_("Fill the seat"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may("seat.declare_vacant")
def seat_vacant(request: HttpRequest, party: str) -> HttpResponse:
    which = _party(party)
    form = VacancyForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        service.declare_vacant(
            which,
            reason=data["vacancy_reason"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            by=request.person,
        )
        messages.success(request, _("The seat is declared vacant. Minutes will print the reason."))
        return redirect("council")
    return _form_page(
        request,
        form,
        head=_("Declare the seat vacant: %(party)s") % {"party": which.label},
        lead=_("Meetings do not wait for this party until the last day; minutes print the reason."),
        button=_("Declare it vacant"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may("council.appoint")
def appoint(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    people, labels = _able(today)
    form = DeliberatorForm(request.POST or None, people=people, labels=labels, initial={"starts_on": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {"party": Party(form.cleaned_data["party"])}
        term = service.appoint(data.pop("person"), **data, by=request.person)
        messages.success(request, _("%(name)s sits on the council.") % {"name": term.person.name})
        return redirect("council")
    return _form_page(
        request,
        form,
        head=_("Who joins the council?"),
        lead=_("Party members, residents' representatives, stewards, the property company, volunteer leaders."),
        button=_("Appoint to the council"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may("council.end")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    term = get_object_or_404(Deliberator.objects.select_related("person"), pk=pk)
    form = EndForm(request.POST or None, earliest=term.starts_on, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        service.end(term, on=form.cleaned_data["on"], by=request.person)
        messages.success(request, _("The term of %(name)s ends.") % {"name": term.person.name})
        return redirect("council")
    return _form_page(
        request,
        form,
        head=_("When does the term of %(name)s end?") % {"name": term.person.name},
        lead=_("The last day still counts. Meetings that were held stay as they are."),
        button=_("End the term"),
    )


def _line(party: Party, rows: list[PartySeat], terms: list[Deliberator], today: date) -> SeatLine:
    past = [seat for seat in rows if seat.ends_on and seat.ends_on < today]
    coming = [seat for seat in rows if seat.starts_on > today]
    now = next((seat for seat in rows if seat not in past and seat not in coming), None)
    return SeatLine(party, now, coming, past, terms)


def _party(value: str) -> Party:
    if value not in Party.values:
        raise Http404
    return Party(value)


def _able(today: date) -> tuple[Any, dict[int, str]]:
    """Who could sit, with the posts that make them fit."""
    kinds = {kind for posts in service.FITTING.values() for kind in posts}
    posts: dict[int, list[str]] = defaultdict(list)
    names: dict[int, str] = {}
    for post in Post.objects.serving(today).filter(kind__in=kinds).select_related("person"):
        posts[post.person_id].append(post.get_kind_display())
        names[post.person_id] = post.person.name
    labels = {pk: f"{name} · {'、'.join(dict.fromkeys(posts[pk]))}" for pk, name in names.items()}
    seated = Deliberator.objects.serving(today).values("person")
    return Person.objects.filter(pk__in=names).exclude(pk__in=seated), labels


def _form_page(request: HttpRequest, form: Any, **words: Any) -> HttpResponse:
    back = {"back_url": reverse("council"), "back_label": _("The four seats and the council")}
    status = 422 if request.method == "POST" else 200
    return render(
        request, "consultation/one_form.html", {"nav": "issues", "form": form, **back, **words}, status=status
    )


urlpatterns = [
    path("council/", council, name="council"),
    path("council/new/", appoint, name="council_appoint"),
    path("council/<int:pk>/end/", end, name="council_end"),
    path("council/seats/<slug:party>/", seat_fill, name="seat_fill"),
    path("council/seats/<slug:party>/vacancy/", seat_vacant, name="seat_vacant"),
]
