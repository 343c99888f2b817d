"""A resident's own report, for everybody with the QR code; following it by code; the steward's completing it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.accounts.qr import qr_svg
from compounds.kernel import elder
from compounds.organisation.door import open_to_all
from compounds.organisation.models import Entrance
from compounds.organisation.policies import may, require
from compounds.registry.limits import address_of, count
from consultation.combined import carried_on_as
from consultation.errors import TooManyLooks, TooManyReports
from consultation.forms.reports import CompleteForm, ReportForm
from consultation.models import Category, Issue, Openness, StepRecord, Voice
from consultation.models.voice import VoiceQuerySet
from consultation.services import reports, ringing
from consultation.steps import Step
from consultation.web.sign import sign_of

# A stairwell with a burst pipe sends a handful; a script sends hundreds. Mobile networks share addresses among many.
REPORTS_AN_HOUR = 10
REPORTS_AN_HOUR_PER_ENTRANCE = 20
WRONG_CODES_AN_HOUR = 30


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, entrance: int) -> HttpResponse:
    place = get_object_or_404(Entrance.objects.select_related("building__unit"), pk=entrance)
    asked = request.POST if request.method == "POST" else request.GET
    category = _category(asked.get("category", ""))
    if category is None:
        return _resident_page(request, "consultation/report_category.html", {"place": place, **_choices()})
    form = ReportForm(*((request.POST, request.FILES) if request.method == "POST" else ()), entrance=place)
    if form.is_bound:
        _count_report(request, place)
        if form.is_valid():
            _report, code = reports.send(entrance=place, category=category, **form.sent())
            return redirect(f"{reverse('track', args=[code.replace(' ', '')])}?sent=1")
    context = {"place": place, "category": category, "form": form}
    return _resident_page(request, "consultation/report_form.html", context, status=422 if form.is_bound else 200)


@open_to_all
@require_safe
def track_code(request: HttpRequest) -> HttpResponse:
    """Where a code is typed in."""
    code = request.GET.get("code", "").strip()
    if code:
        found = _found(request, code)
        if found:
            return redirect("track", code="".join(c for c in code if c.isdecimal()))
    context = {"code": code[:20], "wrong": bool(code)}
    return _resident_page(request, "consultation/report_code.html", context, status=422 if code else 200)


@open_to_all
@require_safe
def track(request: HttpRequest, code: str) -> HttpResponse:
    found = _found(request, code)
    if found is None:
        context = {"code": code[:20], "wrong": True}
        return _resident_page(request, "consultation/report_code.html", context, status=404)
    just_sent = request.GET.get("sent") == "1"
    link = request.build_absolute_uri(reverse("track", args=[code]))
    issue = Issue.objects.with_place().get(pk=found.issue_id)
    context = {
        "sent_at": found.created_at,
        "code": reports.spaced(code) if just_sent else "",
        "link": link,
        "qr": qr_svg(link) if just_sent else "",
        "may_be_rung": _own_voices(issue).to_ring().exists(),
        "track_code": code,
        **_public_facts(issue),
    }
    return _resident_page(request, "consultation/report_track.html", context)


@open_to_all
@require_POST
def take_back_ringing(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever holds the code does not want to be rung any more by those who handle it."""
    found = _found(request, code)
    if found is None:
        raise Http404
    for voice in _own_voices(found.issue).filter(ring_agreed_at__isnull=False):
        ringing.take_back(voice, by=found.issue.recorded_by)
    messages.success(request, _("Nobody outside sees your number any more."))
    return redirect("track", code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@may("report.complete")
def complete(request: HttpRequest, number: str) -> HttpResponse:
    rows = Issue.objects.visible_to(request.person).with_place().select_related("report__household", "spoken_by")
    issue = get_object_or_404(rows, number=number, report__isnull=False)
    require("report.complete", request.person, issue)
    form = CompleteForm(request.POST if request.method == "POST" else None, initial=CompleteForm.start(issue))
    if form.is_bound and form.is_valid():
        reports.complete(issue, **form.completed(), by=request.person)
        messages.success(request, _("Complete. Now it can go to the branch."))
        return redirect(issue)
    context = {"nav": "issues", "issue": issue, "form": form}
    return render(request, "consultation/report_complete.html", context, status=422 if form.is_bound else 200)


def _found(request: HttpRequest, code: str) -> Any:
    """The report behind a code. Wrong codes are counted, so that nobody tries them all."""
    found = reports.find(code)
    if found is None:
        count("track", address_of(request), most=WRONG_CODES_AN_HOUR, error=TooManyLooks())
    return found


def _own_voices(issue: Issue) -> VoiceQuerySet:
    """The sender's voice: behind what they sent, and behind the matters that it was merged into or split into."""
    behind = {issue.pk, carried_on_as(issue).pk, *issue.linked_from.values_list("issue", flat=True)}
    voices: VoiceQuerySet = Voice.objects.filter(issue__in=behind, person=issue.spoken_by_id)
    return voices


def _public_facts(issue: Issue) -> dict[str, Any]:
    """What the sender, or whoever holds the slip, may read: of a matter that is not public, that it was received.

    What was merged into another goes on as that one, and so does its sender's page.
    """
    on = carried_on_as(issue)
    return _facts_of(on) | {"merged": on.pk != issue.pk}


def _facts_of(issue: Issue) -> dict[str, Any]:
    if issue.openness == Openness.CONFIDENTIAL:
        return {"confidential": True}
    facts: dict[str, Any] = {"step": Step(issue.step), "steps": sign_of(issue), "closed_at": issue.closed_at}
    if issue.openness != Openness.PUBLIC:
        return facts
    closing = StepRecord.objects.filter(issue=issue, to_step=Step.CLOSED).last()
    postings = [
        task.completion_posting.text
        for task in issue.assignments.select_related("completion_posting")
        if task.completion_posting
    ]
    closed = issue.step == Step.CLOSED
    return facts | {
        "issue": issue,
        "outcome": issue.get_outcome_display() if closed else "",
        "answer": closing.note if closed and closing else "",
        "postings": postings,
        "on_board": Issue.objects.on_board().filter(pk=issue.pk).exists(),
    }


def _choices() -> dict[str, Iterable[Category]]:
    """Danger stands apart and first."""
    active: QuerySet[Category] = Category.objects.filter(active=True)
    return {"danger": active.exclude(emergency_numbers=""), "ordinary": active.filter(emergency_numbers="")}


def _category(asked: str) -> Category | None:
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        return None
    return Category.objects.filter(active=True, pk=asked).first()


def _count_report(request: HttpRequest, place: Entrance) -> None:
    back = [(_("Back to the public board"), reverse("board"))]
    limits = (address_of(request), REPORTS_AN_HOUR), (f"entrance-{place.pk}", REPORTS_AN_HOUR_PER_ENTRANCE)
    for who, most in limits:
        count("report", who, most=most, error=TooManyReports(actions=back))


def _resident_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page for residents: large letters unless they asked for small ones, and in no search engine."""
    elder.begin_large(request)
    response = render(request, template, {**context, "today": timezone.localdate()}, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [
    path("report/<int:entrance>/", report, name="report"),
    path("track/", track_code, name="track_code"),
    path("track/<str:code>/", track, name="track"),
    path("track/<str:code>/ringing/", take_back_ringing, name="track_take_back"),
    path("issues/<issue:number>/report/", complete, name="report_complete"),
]
