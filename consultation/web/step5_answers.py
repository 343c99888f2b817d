"""Step 5, what comes after a rating and after closing: reopenings answered, asking again, open ratings of the board."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compounds.organisation.door import open_to_all
from compounds.organisation.policies import may
from compounds.registry import limits
from consultation.errors import TooManyOpenRatings
from consultation.forms.step5_answers import FollowUpForm, OpenRatingForm, ReopeningForm
from consultation.forms.step5_evaluate import STARS
from consultation.models import FollowUp, FollowUpOutcome, Issue, Openness, Reopening
from consultation.services import follow_up as follow_ups
from consultation.services import open_rating, reopening, step5_evaluate
from consultation.web.form_page import form_page, sent

OPEN_RATINGS_AN_HOUR = 10


@require_http_methods(["GET", "HEAD", "POST"])
@may("reopening.answer")
def answer_reopening(request: HttpRequest, pk: int) -> HttpResponse:
    """The branch answers one dissatisfied rating: take it up again, or refuse with a reason."""
    visible = Reopening.objects.visible_to(request.person).select_related(
        "issue__category", "issue__building__unit", "issue__entrance__building__unit"
    )
    row = get_object_or_404(visible, pk=pk)
    reopening.require_waiting(row)
    public = row.issue.openness == Openness.PUBLIC
    form = ReopeningForm(*sent(request), public=public, initial={"due_on": timezone.localdate() + timedelta(days=7)})
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "consultation/step5_reopening.html", row.issue, form, row=row, public=public)
    return _answered(request, row, form.cleaned_data["answer"], form.cleaned_data["words"], form.cleaned_data["due_on"])


def _answered(request: HttpRequest, row: Reopening, answer: str, words: str, due_on: date) -> HttpResponse:
    if answer == ReopeningForm.BODY:
        task = reopening.back_to_body(row, due_on=due_on, note=words, by=request.person)
        messages.success(request, _("It is with %(body)s again.") % {"body": task.body})
    elif answer == ReopeningForm.BRANCH:
        reopening.back_to_branch(row, note=words, by=request.person)
        messages.success(request, _("The matter is with the branch again."))
    else:
        refused = reopening.refuse(row, reason=words, by=request.person)
        if refused.posting:
            messages.success(request, _("Refused, and the reason is posted. Now tick each place once it hangs there."))
            return redirect("posting", refused.posting.pk)
        messages.success(request, _("Refused. Tell the household why: this matter is not public."))
    return redirect(row.issue)


@require_http_methods(["GET", "HEAD", "POST"])
@may("follow_up.record")
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """A month after closing: still fine, or it came back."""
    visible = FollowUp.objects.visible_to(request.person).select_related(
        "issue__category", "issue__building__unit", "issue__entrance__building__unit", "asked_by"
    )
    row = get_object_or_404(visible, pk=pk)
    follow_ups.require_waiting(row)
    form = FollowUpForm(*sent(request))
    if request.method != "POST" or not form.is_valid():
        context = {"row": row, "as_itself": follow_ups.carries_on_as_itself(row.issue)}
        return form_page(request, "consultation/step5_follow_up.html", row.issue, form, **context)
    note = form.cleaned_data["note"]
    if form.cleaned_data["outcome"] == FollowUpOutcome.STILL_FINE:
        follow_ups.still_fine(row, note=note, by=request.person)
        messages.success(request, _("Written down: still fine."))
        return redirect(row.issue)
    issue = follow_ups.came_back(row, note=note, by=request.person)
    messages.success(request, _("The branch has it again, as %(number)s.") % {"number": issue.number})
    return redirect(issue)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def board_rate(request: HttpRequest, number: str) -> HttpResponse:
    """Anybody says what they think of a result; shown apart and never counted."""
    issue = get_object_or_404(Issue.objects.filter(pk__in=Issue.objects.on_board().values("pk")), number=number)
    step5_evaluate.require_being_rated(issue)
    form = OpenRatingForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        _count_try(request, issue)
        open_rating.give(issue, **form.cleaned_data)
        messages.success(request, _("Thank you. Your rating is shown on the board, apart from the households'."))
        return redirect("board_issue", issue.number)
    context = {
        "nav": "board",
        "issue": issue,
        "form": form,
        "stars": STARS,
        "chosen": str(form["stars"].value() or ""),
    }
    response = render(request, "consultation/board_rate.html", context, status=422 if form.errors else 200)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _count_try(request: HttpRequest, issue: Issue) -> None:
    """Raise TooManyOpenRatings once one connection has sent more than OPEN_RATINGS_AN_HOUR within one clock hour."""
    error = TooManyOpenRatings(actions=[(_("Back to the board"), reverse("board_issue", args=[issue.number]))])
    limits.count("open-rating", limits.address_of(request), most=OPEN_RATINGS_AN_HOUR, error=error)


urlpatterns = [
    path("reopenings/<int:pk>/", answer_reopening, name="reopening"),
    path("follow-ups/<int:pk>/", follow_up, name="follow_up"),
    path("board/<issue:number>/opinion/", board_rate, name="board_rate"),
]
