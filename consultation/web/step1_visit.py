"""Step 1 on screen: write down what is said at a door, add voices and photos, hand over to the branch."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from compounds.organisation.models import Household
from compounds.organisation.policies import may, require
from compounds.organisation.sight import households_visible_to
from consultation.forms.step1_visit import PhotosForm, RecordForm, VoiceForm
from consultation.models import Category, Issue
from consultation.services import step1_visit
from consultation.web import similar
from consultation.web.issues import issue_context


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.record")
def record(request: HttpRequest) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RecordForm(*posted, recorder=request.person, initial=_start(request))
    offered: list[Issue] = []
    if form.is_bound and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        if sheet and (written := Issue.objects.filter(sheet=sheet, recorded_by=request.person).first()):
            # The same sheet once more: it is not offered to itself as a similar matter.
            return redirect(written)
        if "voice_for" in request.POST:
            issue = similar.add_voice_instead(request, form)
            messages.success(request, _("One more voice is counted."))
            return redirect(issue)
        offered = similar.not_shown_yet(request, form.cleaned_data)
        if not offered:
            issue = step1_visit.record(**form.recorded(), by=request.person)
            messages.success(request, _("Written down as %(number)s.") % {"number": issue.number})
            return redirect(issue)
    danger = Category.objects.filter(active=True).exclude(emergency_numbers="")
    context = {"nav": "issue_new", "form": form, "danger": danger, "similar": offered}
    return render(request, "consultation/step1_record.html", context, status=422 if form.is_bound else 200)


@require_POST
@may("issue.hand_over")
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    issue = _visible(request, number)
    require("issue.hand_over", request.person, issue)
    step1_visit.hand_over(issue, by=request.person)
    messages.success(request, _("The branch has it now."))
    return redirect(issue)


@require_POST
@may("issue.add_voice")
def add_voice(request: HttpRequest, number: str) -> HttpResponse:
    issue = _visible(request, number)
    form = VoiceForm(request.POST)
    if not form.is_valid():
        return _again(request, issue, voice_form=form)
    step1_visit.add_voice_at_door(
        issue,
        name=form.cleaned_data["name"],
        household=form.cleaned_data["household"],
        said=form.cleaned_data["said"],
        consent=form.consent(),
        by=request.person,
    )
    messages.success(request, _("One more voice is counted."))
    return redirect(issue)


@require_POST
@may("issue.add_photo")
def add_photos(request: HttpRequest, number: str) -> HttpResponse:
    issue = _visible(request, number)
    form = PhotosForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, issue, photos_form=form)
    for picture in form.cleaned_data["photos"]:
        step1_visit.add_photo(issue, picture, by=request.person)
    return redirect(issue)


def _start(request: HttpRequest) -> dict[str, str]:
    """At the door they came from; else a steward most likely stands in their own building."""
    if door := _door_asked_for(request):
        return {"where": f"e{door.entrance_id}", "door": door.door}
    for post in request.person.serving:
        building = getattr(post.unit, "building", None)
        if building:
            return {"where": f"b{building.pk}"}
    return {}


def _door_asked_for(request: HttpRequest) -> Household | None:
    asked = request.GET.get("household", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        return None
    return households_visible_to(request.person).filter(pk=asked).first()


def _visible(request: HttpRequest, number: str) -> Issue:
    return get_object_or_404(Issue.objects.visible_to(request.person).with_place().with_voices(), number=number)


def _again(request: HttpRequest, issue: Issue, **forms: object) -> HttpResponse:
    """The matter's page again, with what was typed and what is wrong with it."""
    return render(request, "consultation/issue.html", {**issue_context(request, issue), **forms}, status=422)


urlpatterns = [
    path("issues/new/", record, name="issue_new"),
    path("issues/<issue:number>/hand-over/", hand_over, name="issue_hand_over"),
    path("issues/<issue:number>/voices/", add_voice, name="issue_voice"),
    path("issues/<issue:number>/photos/", add_photos, name="issue_photo_add"),
]
