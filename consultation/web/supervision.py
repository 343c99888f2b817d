"""The branch answers what an office above demands to know."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compounds.organisation.policies import may
from consultation.forms.supervision import SupervisionAnswerForm
from consultation.models import Supervision
from consultation.services import supervision
from consultation.web.form_page import form_page, issue_or_404, sent


@require_http_methods(["GET", "HEAD", "POST"])
@may("supervision.answer")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Supervision.objects.visible_to(request.person).select_related("issue"), pk=pk)
    supervision.require_waiting(row)
    issue = issue_or_404(request, row.issue.number)
    form = SupervisionAnswerForm(*sent(request))
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "consultation/supervision_answer.html", issue, form, row=row)
    supervision.answer(row, answer=form.cleaned_data["answer"], by=request.person)
    messages.success(request, _("%(office)s reads your answer now.") % {"office": row.office_name})
    return redirect(issue)


urlpatterns = [path("supervisions/<int:pk>/", answer, name="supervision_answer")]
