"""The owners' vote: an item is submitted to it, and its result is entered."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.organisation.policies import allows, may
from consultation import ballot
from consultation.forms.owners_vote import CountForm, SubmissionForm
from consultation.models import AgendaItem, Issue, OwnersVote, VoteResult
from consultation.services import owners_vote as service
from consultation.services.step3_meet import FUND_ITEM
from consultation.web.sign import sign_of


@require_http_methods(["GET", "HEAD", "POST"])
@may("meeting.run")
def submit(request: HttpRequest, number: int, position: int) -> HttpResponse:
    items = AgendaItem.objects.select_related("meeting", "issue__category")
    visible = Issue.objects.visible_to(request.person)
    item = get_object_or_404(items.filter(issue__in=visible), meeting__number=number, position=position)
    form = SubmissionForm(request.POST or None, today=timezone.localdate(), initial=_start(item))
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"nav": "issues", "item": item, "form": form}
        return render(request, "consultation/owners_vote_new.html", context, status=status)
    vote = service.submit(item, form.asked, text=form.cleaned_data["text"], promise=form.promise, by=request.person)
    messages.success(request, _("Submitted to the owners' vote. The matter waits until it is counted."))
    return redirect(vote)


def _start(item: AgendaItem) -> dict[str, Any]:
    """What is known already: the item of article 278, and how many owners there were at the last vote."""
    start: dict[str, Any] = {"article_item": item.issue.category.owners_vote_item or ""}
    if start["article_item"] == FUND_ITEM:
        start["fund_source"] = "maintenance_fund"
    if last := OwnersVote.objects.order_by("-pk").first():
        start |= {"total_persons": last.total_persons, "total_area": last.total_area}
    return start


@require_safe
def owners_vote(request: HttpRequest, pk: int) -> HttpResponse:
    vote = _vote(request, pk)
    return _page(request, vote, _form(request, vote))


@require_POST
@may("vote.count")
def count(request: HttpRequest, pk: int) -> HttpResponse:
    vote = _vote(request, pk)
    form = _form(request, vote, request.POST)
    if not form.is_valid():
        return _page(request, vote, form, status=422)
    data = form.cleaned_data
    if data["otherwise"] == CountForm.CLOSE:
        vote = service.count_or_close(vote, form.counted, body=data["body"], due_on=data["due_on"], by=request.person)
    else:
        vote = service.count(vote, form.counted, body=data["body"], due_on=data["due_on"], by=request.person)
    messages.success(request, _("Entered: %(result)s.") % {"result": vote.get_result_display()})
    return redirect(vote)


def _vote(request: HttpRequest, pk: int) -> OwnersVote:
    votes = OwnersVote.objects.select_related(
        "issue__category", "decision__item__meeting", "decision__body", "recorded_by", "hold"
    )
    return get_object_or_404(votes.filter(issue__in=Issue.objects.visible_to(request.person)), pk=pk)


def _form(request: HttpRequest, vote: OwnersVote, data: Any = None) -> CountForm:
    today = timezone.localdate()
    start = {"body": vote.decision.body_id, "due_on": vote.decision.due_on, "otherwise": CountForm.BACK}
    closes = allows("issue.close", request.person)
    return CountForm(data, vote=vote, may_close=closes, today=today, initial=start | {"counted_on": today})


def _page(request: HttpRequest, vote: OwnersVote, form: CountForm, *, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "nav": "issues",
        "vote": vote,
        "issue": vote.issue,
        "steps": sign_of(vote.issue),
        "passed": vote.result == VoteResult.PASSED,
        "withdrawn": vote.result == VoteResult.WITHDRAWN,
        "three_quarters": vote.article_item in ballot.THREE_QUARTERS,
        "counts": allows("vote.count", request.person) and not vote.result and today >= vote.ballot_until,
        "open": today < vote.ballot_until,
        "last_day": today == vote.ballot_until,
        "form": form,
    }
    return render(request, "consultation/owners_vote.html", context, status=status)


urlpatterns = [
    path("meetings/<int:number>/items/<int:position>/owners-vote/", submit, name="owners_vote_submit"),
    path("votes/<int:pk>/", owners_vote, name="owners_vote"),
    path("votes/<int:pk>/result/", count, name="owners_vote_count"),
]
