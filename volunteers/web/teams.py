"""Associations and squads on screen: who serves, who leads; coming, moving and leaving."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.models import Person
from compounds.organisation.policies import allows, may, require
from compounds.organisation.sight import people_visible_to
from volunteers import policies
from volunteers.forms.teams import DissolveForm, LeadForm, LeaveForm, TeamForm
from volunteers.forms.volunteers import EnrolForm
from volunteers.models import Team, TeamMember
from volunteers.selectors import teams as lines
from volunteers.services import teams
from volunteers.services import volunteers as entries
from volunteers.services.volunteers import Newcomer
from volunteers.web.form_page import form_page, sent

_FOUND = 8


@require_safe
def team_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    found = lines.associations(today)
    context = {
        "nav": "tree",
        "associations": found,
        "squads": sum(len(one.squads) for one in found),
        "members": lines.people_in(found),
    }
    return render(request, "volunteers/teams.html", context)


@require_safe
def team(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    one = get_object_or_404(Team.objects.select_related("parent"), pk=pk)
    found = lines.members(one, today)
    context = {
        "nav": "tree",
        "team": one,
        "members": found,
        "people": lines.people_of(one, today),
        "leader": next((line.member for line in found if line.member.leads), None),
        "hours": sum(line.minutes for line in found) // 60,
        "squads": one.squads.active(today),
        "activities": lines.activities(one, today),
        "may_change": allows(policies.TEAM_CHANGE, request.person),
        "may_enrol": allows(policies.VOLUNTEER_ENROL, request.person, one),
    }
    return render(request, "volunteers/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.TEAM_CHANGE)
def found_team(request: HttpRequest) -> HttpResponse:
    form = TeamForm(*sent(request), initial={"parent": request.GET.get("parent", "")})
    if form.is_bound and form.is_valid():
        made = teams.found(**form.cleaned_data, by=request.person)
        messages.success(request, _("The team is there. Now enrol who serves in it."))
        return redirect(made)
    back = {"back_url": reverse("teams"), "back_label": _("Squads")}
    return form_page(request, form, head=_("Which team is new?"), button=_("Write it down"), **back)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.TEAM_CHANGE)
def change_team(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Team, pk=pk)
    start = {"name": one.name, "about": one.about, "founded_on": one.founded_on}
    form = TeamForm(*sent(request), team=one, initial=start)
    if form.is_bound and form.is_valid():
        teams.change(one, **form.cleaned_data, by=request.person)
        messages.success(request, _("Corrected."))
        return redirect(one)
    return form_page(request, form, back=one, head=_("What is the team called, and what does it do?"), button=_("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.TEAM_CHANGE)
def dissolve_team(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Team, pk=pk)
    form = DissolveForm(*sent(request), initial={"on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        teams.dissolve(one, on=form.cleaned_data["on"], by=request.person)
        messages.success(request, _("The team is dissolved. Its history stays."))
        return redirect("teams")
    words = {"head": _("When is the team's last day?"), "lead": _("Everything that it did stays in the books.")}
    return form_page(request, form, back=one, button=_("Dissolve the team"), **words)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.VOLUNTEER_ENROL)
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Team, pk=pk)
    require(policies.VOLUNTEER_ENROL, request.person, one)
    known = people_visible_to(request.person, timezone.localdate()).filter(letter_box=False, erased_at=None)
    asked = (request.POST if request.method == "POST" else request.GET).get("person", "")
    chosen = known.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 18 else None
    form = EnrolForm(*sent(request), chosen=chosen)
    if form.is_bound and form.is_valid():
        starts_on = form.cleaned_data["starts_on"]
        member = entries.enrol_into(one, _who(form, chosen), form.own(), starts_on=starts_on, by=request.person)
        messages.success(request, _("%(name)s is in the team.") % {"name": member.volunteer})
        return redirect(one)
    q = request.GET.get("q", "").strip()[:60]
    context: dict[str, Any] = {
        "nav": "tree",
        "team": one,
        "form": form,
        "chosen": chosen,
        "q": q,
        "found": known.filter(name__icontains=q).select_related("household__entrance__building__unit")[:_FOUND]
        if q
        else [],
    }
    return render(request, "volunteers/enrol.html", context, status=422 if form.is_bound else 200)


def _who(form: EnrolForm, chosen: Person | None) -> Person | Newcomer:
    data = form.cleaned_data
    return chosen or Newcomer(name=data["name"], phone=data["phone"], household=data["household"])


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.VOLUNTEER_ENROL)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    form = LeaveForm(*sent(request), member=member)
    if form.is_bound and form.is_valid():
        on, to = form.cleaned_data["on"], form.cleaned_data["to"]
        if to:
            teams.move(member, to=to, on=on, by=request.person)
        else:
            teams.leave(member, on=on, by=request.person)
        messages.success(request, _("Written down."))
        return redirect(member.team)
    head = _("When does %(name)s leave, or move to another squad?") % {"name": member.volunteer}
    return form_page(request, form, back=member.team, head=head, button=_("Write it down"))


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.TEAM_CHANGE)
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    form = LeadForm(*sent(request), member=member)
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
        if member.leads:
            teams.step_down(member, on=on, by=request.person)
        else:
            teams.lead(member, on=on, by=request.person)
        messages.success(request, _("Written down."))
        return redirect(member.team)
    if member.leads:
        head = _("From when does %(name)s no longer lead?") % {"name": member.volunteer}
        note = _("The post as volunteer leader ends with it, unless they lead another team.")
    else:
        head = _("From when does %(name)s lead the team?") % {"name": member.volunteer}
        note = _(
            "It brings the post of volunteer leader and the right to sign in. Whoever leads now stays as a member."
        )
    return form_page(request, form, back=member.team, head=head, lead=note, button=_("Write it down"))


def _member(request: HttpRequest, pk: int) -> TeamMember:
    rows = TeamMember.objects.serving(timezone.localdate()).select_related("team__parent", "volunteer__person")
    member = get_object_or_404(rows, pk=pk)
    require(policies.VOLUNTEER_ENROL, request.person, member.team)
    return member


urlpatterns = [
    path("teams/", team_list, name="teams"),
    path("teams/new/", found_team, name="team_new"),
    path("teams/<int:pk>/", team, name="team"),
    path("teams/<int:pk>/edit/", change_team, name="team_edit"),
    path("teams/<int:pk>/dissolving/", dissolve_team, name="team_dissolve"),
    path("teams/<int:pk>/members/new/", enrol, name="team_enrol"),
    path("memberships/<int:pk>/end/", leave, name="team_leave"),
    path("memberships/<int:pk>/leading/", lead, name="team_lead"),
]
