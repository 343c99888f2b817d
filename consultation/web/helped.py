"""Looking for a volunteer who helps with a matter, on its page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compounds.organisation.policies import may
from consultation import helped
from consultation.models import Issue
from consultation.web.form_page import issue_or_404, sent
from volunteers.forms.helping import AskForm
from volunteers.policies import HELP_ASK
from volunteers.services import helping


@require_http_methods(["GET", "HEAD", "POST"])
@may(HELP_ASK)
def ask_for_help(request: HttpRequest, number: str) -> HttpResponse:
    issue = issue_or_404(request, number)
    if known := helped.visible_request(issue, request.person):
        return redirect(known)
    if not helped.may_ask(issue, request.person):
        raise Http404
    form = AskForm(*sent(request)[:1], initial=_start(issue))
    if form.is_bound and form.is_valid():
        made = helping.ask(form.need(issue_number=issue.number), now=timezone.now(), by=request.person)
        messages.success(request, _("Written down. The first volunteer is being asked."))
        return redirect(made)
    context = {
        "nav": "issues",
        "back": issue,
        "back_label": issue.title,
        "head": _("Who could help with this?"),
        "lead": _("Volunteers read what you write here, not the matter. We ask one at a time, the nearest first."),
        "form": form,
        "button": _("Look for somebody"),
    }
    return render(request, "consultation/one_form.html", context, status=422 if form.is_bound else 200)


def _start(issue: Issue) -> dict[str, str]:
    name = issue.spoken_by.name if issue.spoken_by and not issue.spoken_by.erased_at else ""
    return {"text": issue.title, "asker_name": name, **AskForm.at(helped.door_of(issue))}


urlpatterns = [path("issues/<issue:number>/help/", ask_for_help, name="issue_help")]
