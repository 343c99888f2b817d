"""Honours for members: the wall, one honour, whom figures suggest, and proposing somebody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation import sight
from compounds.organisation.models import Person
from compounds.organisation.policies import allows, may
from volunteers import honours_wall, policies, suggesting
from volunteers.forms.honours import ProposalForm, WhoForm
from volunteers.models import Honour, HonourFor, HonourKind, HonourState
from volunteers.services import honours as service
from volunteers.services import honours_given

_FOUND = 8


@require_safe
def honours(request: HttpRequest) -> HttpResponse:
    """Who was honoured in a year; for those who propose, what is on its way."""
    years = honours_wall.years()
    year = _year_of(request, years[0] if years else usual_year())
    call = honours_wall.caller_for(request.person)
    shelves = honours_wall.shelves(year, call=call, named=lambda _kind: True)
    proposes = allows(policies.HONOUR_PROPOSE, request.person)
    context = {
        "nav": "board",
        "year": year,
        "years": years,
        "shelves": shelves,
        "count": sum(shelf.count for shelf in shelves),
        "proposes": proposes,
        "certificates": allows(policies.HONOUR_GIVE, request.person),
        **(_under_way(request.person) if proposes else {}),
    }
    return render(request, "volunteers/honours.html", context)


@require_safe
def honour(request: HttpRequest, pk: int) -> HttpResponse:
    found = honour_or_404(request, pk)
    today = timezone.localdate()
    context = {
        "nav": "board",
        "honour": found,
        "name": honours_wall.lines_for(request.person, [found])[0].name,
        "figures": suggesting.in_words(found),
        "today": today,
        "hindrance": _hindrance(found),
        "may_approve": allows(policies.HONOUR_APPROVE, request.person)
        and request.person.pk not in {found.proposed_by_id, found.person_id},
        "own": bool(request.person) and found.person_id == request.person.pk,
    }
    return render(request, "volunteers/honour.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.HONOUR_PROPOSE)
def honour_suggestions(request: HttpRequest) -> HttpResponse:
    """Whom the year's figures suggest for each kind, with the reason; proposed by one tap, or all of a kind."""
    year = _year_of(request, usual_year())
    kinds = list(HonourKind.objects.filter(active=True).exclude(suggest_by=""))
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    kind = next((one for one in kinds if str(one.pk) == asked), kinds[0] if kinds else None)
    found = suggesting.suggestions(kind, year) if kind else []
    if request.method == "POST" and kind:
        chosen = set(request.POST.getlist("who"))
        made = [_propose(kind, one, year, by=request.person) for one in found if str(one.key) in chosen]
        messages.success(request, _proposed(kind, len(made)))
        return redirect(f"{request.path}?year={year}&kind={kind.pk}")
    doors = set(sight.households_visible_to(request.person).values_list("pk", flat=True)) if found else set()
    context = {
        "nav": "board",
        "year": year,
        "years": [usual_year() - 1, usual_year()] if usual_year() == timezone.localdate().year else [year - 1, year],
        "kinds": kinds,
        "kind": kind,
        "found": found,
        "doors": doors,
    }
    return render(request, "volunteers/honour_suggestions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.HONOUR_PROPOSE)
def honour_new(request: HttpRequest) -> HttpResponse:
    """Propose somebody out of one's own knowledge: first who, then for what."""
    today = timezone.localdate()
    people = sight.people_visible_to(request.person, today).filter(erased_at=None, letter_box=False)
    households = sight.households_visible_to(request.person).select_related("entrance__building__unit")
    who = WhoForm(request.POST or request.GET, people=people, households=households)
    who.is_valid()
    receiver = who.cleaned_data.get("household") or who.cleaned_data.get("person")
    if receiver is None:
        q = who.cleaned_data.get("q", "")
        found = people.filter(name__icontains=q).select_related("household__entrance__building__unit") if q else people
        context = {"nav": "board", "q": q, "found": found[:_FOUND] if q else [], "doors": _doors(request, found, q)}
        return render(request, "volunteers/honour_who.html", context)
    form = ProposalForm(
        request.POST if request.method == "POST" else None, receiver=receiver, initial={"year": usual_year()}
    )
    if request.method != "POST" or not form.is_valid():
        is_person = isinstance(receiver, Person)
        context = {"nav": "board", "form": form, "receiver": receiver, "is_person": is_person}
        return render(request, "volunteers/honour_new.html", context, status=422 if form.is_bound else 200)
    data = form.cleaned_data
    made = service.propose(
        data["kind"],
        receiver,
        year=data["year"],
        reason=data["reason"],
        agreed_on=today if data["agreed"] else None,
        family=data.get("family", ""),
        by=request.person,
    )
    messages.success(request, _("Proposed. Somebody else approves it."))
    return redirect(made)


def honour_or_404(request: HttpRequest, pk: int) -> Honour:
    """What was given or hangs is known to members; what is on its way, to those who propose."""
    rows = Honour.objects.with_receivers().select_related(
        "posting", "proposed_by", "approved_by", "given_by", "dropped_by", "reward_receipt"
    )
    if not allows(policies.HONOUR_PROPOSE, request.person):
        rows = rows.filter(state__in=[HonourState.POSTED, HonourState.GIVEN])
    return get_object_or_404(rows, pk=pk)


def usual_year() -> int:
    """Honours of a year are talked of at its end and at the beginning of the next."""
    today = timezone.localdate()
    return today.year if today.month > 2 else today.year - 1


def _year_of(request: HttpRequest, otherwise: int) -> int:
    asked = request.POST.get("year") or request.GET.get("year", "")
    return int(asked) if asked.isascii() and asked.isdigit() and 2000 <= int(asked) <= 9999 else otherwise


def _hindrance(found: Honour) -> str:
    if found.state != HonourState.POSTED:
        return ""
    objected = honours_given.objected_to([found])
    return honours_given.hindrance(found, timezone.localdate(), objected)


def _under_way(person: Person) -> dict[str, Any]:
    rows = Honour.objects.under_way().with_receivers().select_related("posting", "proposed_by").order_by("year", "pk")
    lines = honours_wall.lines_for(person, rows)
    ready = {row.pk for row in honours_given.ready(timezone.localdate())}
    return {
        "under_way": lines,
        "ready": ready,
        "to_approve": sum(
            one.honour.state == HonourState.PROPOSED
            and person.pk not in {one.honour.proposed_by_id, one.honour.person_id}
            for one in lines
        ),
        "to_put_up": sum(one.honour.state == HonourState.APPROVED and one.honour.kind.posted for one in lines),
    }


def _propose(kind: HonourKind, one: suggesting.Suggested, year: int, *, by: Person) -> Honour:
    return service.propose(kind, one.receiver, year=year, reason=one.reason, facts=one.facts, by=by)


def _proposed(kind: HonourKind, count: int) -> str:
    if not count:
        return _("Nobody was proposed: they were not on the list any more.")
    if kind.given_to == HonourFor.HOUSEHOLD:
        words = ngettext("%(count)s household is proposed now.", "%(count)s households are proposed now.", count)
    else:
        words = ngettext("%(count)s person is proposed now.", "%(count)s people are proposed now.", count)
    return words % {"count": count}


def _doors(request: HttpRequest, found: Any, q: str) -> set[int]:
    """Of the people found, those whose household may be proposed by this member."""
    if not q:
        return set()
    homes: set[int] = set(
        sight.households_visible_to(request.person).filter(people__in=found).values_list("pk", flat=True)
    )
    return homes


urlpatterns = [
    path("honours/", honours, name="honours"),
    path("honours/suggestions/", honour_suggestions, name="honour_suggestions"),
    path("honours/new/", honour_new, name="honour_new"),
    path("honours/<int:pk>/", honour, name="honour"),
]
