"""Volunteers on screen: who can do what, one of them, and their entry kept by those who lead them."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.accounts.qr import qr_svg
from compounds.kernel.pagination import keyset_page
from compounds.organisation.door import open_to_all
from compounds.organisation.policies import allows, may, require
from compounds.organisation.sight import contacts_visible_to
from volunteers import policies
from volunteers.forms.volunteers import TheirOwnForm
from volunteers.models import FreeTime, Skill, Volunteer
from volunteers.selectors import teams as team_lines
from volunteers.selectors import volunteers as found
from volunteers.services import volunteers as entries
from volunteers.web.form_page import form_page, sent


class VolunteersFilter(forms.Form):
    """The list's filters; what is not one of them is refused beside its field."""

    q = forms.CharField(required=False, max_length=40, label=gettext_lazy("Search"))
    skill = forms.ChoiceField(required=False, choices=[("", gettext_lazy("Every skill")), *Skill.choices])
    without_team = forms.BooleanField(required=False)


@require_safe
def volunteer_list(request: HttpRequest) -> HttpResponse:
    form = VolunteersFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = found.narrowed(
        found.known_to_members(),
        q=wanted.get("q", "").strip(),
        skill=wanted.get("skill", ""),
        without_team=wanted.get("without_team", False),
    )
    today = timezone.localdate()
    context = {
        "nav": "tree",
        "form": form,
        "wanted": wanted,
        "page": keyset_page(request, rows, by="joined_on"),
        "skills": Skill,
        "count": rows.count(),
        "party": set(found.showing_identity(today).values_list("pk", flat=True)),
    }
    return render(request, "volunteers/volunteers.html", context, status=200 if form.is_valid() else 422)


@require_safe
def volunteer(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(found.known_to_members(), pk=pk)
    keeps = allows(policies.VOLUNTEER_KEEP, request.person, one)
    context = {
        "nav": "tree",
        "volunteer": one,
        "told": found.told_of(one, timezone.localdate()),
        "skills": [Skill(skill).label for skill in one.skills],
        "free_times": [FreeTime(time).label for time in one.free_times],
        "party": one.shows_identity and found.is_party_member(one.person),
        "keeps": keeps,
        "contact": keeps or contacts_visible_to(request.person).filter(pk=one.person_id).exists(),
        "is_me": request.person is not None and one.person_id == request.person.pk,
    }
    return render(request, "volunteers/volunteer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.VOLUNTEER_KEEP)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    one = _kept(request, pk)
    form = TheirOwnForm(*sent(request), initial=TheirOwnForm.start(one))
    if form.is_bound and form.is_valid():
        entries.say(one, form.own())
        messages.success(request, _("Kept."))
        return redirect(one)
    head = _("What can %(name)s do, and when?") % {"name": one}
    return form_page(request, form, back=one, head=head, button=_("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.VOLUNTEER_KEEP)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    one = _kept(request, pk)
    form = forms.Form(*sent(request))
    if form.is_bound and form.is_valid():
        entries.withdraw(one, now=timezone.now(), by=request.person)
        messages.success(request, _("Taken back. Nothing personal is shown any more; the hours stay in the books."))
        return redirect("volunteers")
    lead = _(
        "From today on nothing of theirs is shown: no name among volunteers, no skills. They leave their squads, "
        "and what they were asked goes to others. The hours stay in the books without the name."
    )
    head = _("Withdraw the consent of %(name)s?") % {"name": one}
    return form_page(request, form, back=one, head=head, lead=lead, button=_("They take it back"))


@never_cache
@require_POST
@may(policies.VOLUNTEER_KEEP)
def give_link(request: HttpRequest, pk: int) -> HttpResponse:
    """The link is in this one response; only a hash is kept."""
    one = _kept(request, pk)
    token = entries.give_link(one, now=timezone.now(), by=request.person)
    link = request.build_absolute_uri(reverse("helper_link", args=[token]))
    context = {"nav": "tree", "volunteer": one, "link": link, "qr": qr_svg(link)}
    return render(request, "volunteers/helper_link_made.html", context)


@require_POST
@may(policies.VOLUNTEER_KEEP)
def call_link_back(request: HttpRequest, pk: int) -> HttpResponse:
    one = _kept(request, pk)
    entries.call_link_back(one, by=request.person)
    messages.success(request, _("The link works no more."))
    return redirect(one)


@open_to_all
@require_safe
def board_volunteers(request: HttpRequest) -> HttpResponse:
    """For everybody: the squads with their numbers, and the party members who agreed to be shown with what they do."""
    today = timezone.localdate()
    associations = team_lines.associations(today)
    context = {
        "nav": "board",
        "associations": associations,
        "members": team_lines.people_in(associations),
        "shown": [
            (one, [Skill(skill).label for skill in one.skills], [FreeTime(time).label for time in one.free_times])
            for one in found.showing_identity(today)
        ],
    }
    response = render(request, "volunteers/board_volunteers.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _kept(request: HttpRequest, pk: int) -> Volunteer:
    one = get_object_or_404(found.known_to_members(), pk=pk)
    require(policies.VOLUNTEER_KEEP, request.person, one)
    return one


urlpatterns = [
    path("volunteers/", volunteer_list, name="volunteers"),
    path("volunteers/<int:pk>/", volunteer, name="volunteer"),
    path("volunteers/<int:pk>/edit/", change, name="volunteer_edit"),
    path("volunteers/<int:pk>/withdrawal/", withdraw, name="volunteer_withdraw"),
    path("volunteers/<int:pk>/link/", give_link, name="volunteer_link"),
    path("volunteers/<int:pk>/link/calling-back/", call_link_back, name="volunteer_link_back"),
    path("board/volunteers/", board_volunteers, name="board_volunteers"),
]
