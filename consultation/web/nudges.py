"""Urging from the board: one tap, no words, limited."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from compounds.organisation.door import open_to_all
from compounds.registry import limits
from consultation.errors import NudgedEnough
from consultation.models import Assignment, Issue
from consultation.services import nudges

_PER_TASK_AND_SENDER = 1
_PER_TASK = 10


@open_to_all
@require_POST
def nudge_at_board(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A resident urges whoever works on a public matter."""
    public = Issue.objects.on_board().values("pk")
    task = get_object_or_404(Assignment.objects.standing().filter(issue__in=public), pk=pk, issue__number=number)
    back = [(_("Back to the matter"), reverse("board_issue", args=[number]))]
    sender = limits.address_of(request)
    limits.count("nudge", f"{task.pk}-{sender}", most=_PER_TASK_AND_SENDER, error=NudgedEnough(actions=back))
    limits.count("nudge", task.pk, most=_PER_TASK, error=NudgedEnough(actions=back))
    nudges.urge(task, by=None)
    messages.success(request, _("%(body)s is told that this is waited for.") % {"body": task.body})
    return redirect("board_issue", number)


urlpatterns = [path("board/<issue:number>/nudges/<int:pk>/", nudge_at_board, name="nudge_at_board")]
