"""Mediation of disputes between named people. These pages are the branch's alone."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.policies import may
from compounds.photos.serving import photo_response
from consultation.errors import NotAtStep
from consultation.forms.step5_answers import MediationEndForm, MediationForm
from consultation.models import Issue, Mediation
from consultation.services import mediation
from consultation.steps import Step
from consultation.web.form_page import form_page, issue_or_404, sent
from consultation.web.step4_handle import Shot


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.mediate")
def mediate(request: HttpRequest, number: str) -> HttpResponse:
    """Hand the matter to a mediator; while one has it, write down what came of it."""
    issue = issue_or_404(request, number)
    current = issue.mediations.filter(ended_at=None).select_related("handed_by").first()
    ended = issue.mediations.exclude(ended_at=None).select_related("agreement", "handed_by")
    if issue.step != Step.PROPOSE and not (request.method != "POST" and ended):
        raise NotAtStep(issue, Step.PROPOSE)
    form = _form(request, current)
    if request.method == "POST" and form.is_valid():
        return _kept(request, issue, current, form)
    context = {
        "current": current,
        "open": issue.step == Step.PROPOSE,
        "ended": [(row, _agreement(issue, row)) for row in ended],
        "ends": isinstance(form, MediationEndForm),
    }
    return form_page(request, "consultation/mediation.html", issue, form, **context)


def _form(request: HttpRequest, current: Mediation | None) -> MediationForm | MediationEndForm:
    """Whichever the sender had before them: somebody else may have handed it over, or ended it, a moment ago."""
    if "mediator" in request.POST or (current is None and "met_on" not in request.POST):
        return MediationForm(*sent(request))
    return MediationEndForm(*sent(request), initial={"met_on": timezone.localdate()})


def _kept(
    request: HttpRequest, issue: Issue, current: Mediation | None, form: MediationForm | MediationEndForm
) -> HttpResponse:
    if isinstance(form, MediationForm):
        row = mediation.hand_over(issue, **form.cleaned_data, by=request.person)
        messages.success(request, _("%(mediator)s mediates now.") % {"mediator": row.mediator})
        return redirect("mediation", issue.number)
    last = current or get_object_or_404(issue.mediations.all()[:1])
    ended = mediation.end(last, **form.cleaned_data, by=request.person)
    if ended.agreement_id:
        messages.success(request, _("The agreement is kept, and the matter is closed."))
        return redirect(issue)
    messages.success(request, _("Written down. The matter stays with the branch."))
    return redirect("mediation", issue.number)


@require_safe
@may("issue.mediate")
def agreement(request: HttpRequest, number: str, pk: int, size: str) -> FileResponse:
    """The photo of an agreement document."""
    rows = Mediation.objects.filter(issue__in=Issue.objects.visible_to(request.person), issue__number=number)
    row = get_object_or_404(rows.exclude(agreement=None).select_related("agreement"), pk=pk)
    return photo_response(row.agreement, size)


def _agreement(issue: Issue, row: Mediation) -> list[Shot]:
    if row.agreement is None:
        return []
    full, small = (reverse("mediation_agreement", args=[issue.number, row.pk, size]) for size in ("full", "small"))
    return [Shot(full, small, _("The agreement"))]


urlpatterns = [
    path("issues/<issue:number>/mediation/", mediate, name="mediation"),
    path("issues/<issue:number>/mediation/<int:pk>/agreement/<slug:size>/", agreement, name="mediation_agreement"),
]
