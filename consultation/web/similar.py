"""“Is it one of these?”: open matters like the one being recorded, offered while it is typed and on saving."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_POST

from compounds.organisation.policies import may, require
from consultation.forms.step1_visit import RecordForm
from consultation.look_alikes import similar_open
from consultation.models import Issue
from consultation.services import step1_visit


@require_POST
@may("issue.record")
def similar(request: HttpRequest) -> HttpResponse:
    """The part of the form that offers them, for what is typed so far."""
    form = RecordForm(request.POST, recorder=request.person)
    form.is_valid()
    return render(request, "consultation/step1_similar.html", {"similar": like(request, form.cleaned_data)})


def like(request: HttpRequest, typed: dict[str, Any]) -> list[Issue]:
    """Nothing before there is a category and a word to go by."""
    title, category = typed.get("title", ""), typed.get("category")
    if not title or category is None:
        return []
    return similar_open(
        title=title,
        said=typed.get("said", ""),
        category=category,
        building=typed.get("building"),
        viewer=request.person,
    )


def not_shown_yet(request: HttpRequest, typed: dict[str, Any]) -> list[Issue]:
    """What must be offered before a new matter is written down.

    Nothing when each was on the page that was sent, or when photos came along: a page cannot give them back, and the
    branch can still merge.
    """
    if typed.get("photos"):
        return []
    found, shown = like(request, typed), set(request.POST.getlist("shown"))
    return [] if {issue.number for issue in found} <= shown else found


def add_voice_instead(request: HttpRequest, form: RecordForm) -> Issue:
    """What was typed becomes one more voice of a matter that is there. Raises NotAllowed, VoiceAlready; 404."""
    require("issue.add_voice", request.person)
    issue = get_object_or_404(Issue.objects.visible_to(request.person).open(), number=request.POST["voice_for"])
    typed = form.cleaned_data
    step1_visit.join(
        issue,
        said=typed["said"],
        place=form.place(),
        spoken_by=typed["spoken_by"],
        witnessed_by=typed["witnessed_by"],
        photos=typed["photos"],
        consent=form.consent(),
        by=request.person,
    )
    return issue


urlpatterns = [path("issues/similar/", similar, name="issue_similar")]
