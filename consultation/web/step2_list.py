"""Moving a matter on the draft of the issue list, up or down, with the reason that will be printed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from compounds.organisation.policies import may
from consultation.forms.propose import MoveForm
from consultation.models import Issue, ListEntry
from consultation.services import step2_list
from consultation.web.step2_propose import list_page


@require_POST
@may("issue.list")
def move(request: HttpRequest, edition: int, pk: int) -> HttpResponse:
    """To another place, or with ``points`` back to where the points put it."""
    visible = Issue.objects.visible_to(request.person)
    entry = get_object_or_404(
        ListEntry.objects.filter(issue__in=visible).select_related("issue_list", "issue"),
        issue_list__edition=edition,
        pk=pk,
    )
    form = MoveForm(request.POST)
    if "points" in request.POST:
        form.fields["reason"].required = form.fields["to"].required = False
    if not form.is_valid():
        return list_page(request, entry.issue_list, moving=entry, move_form=form)
    if "points" in request.POST:
        step2_list.by_points(entry, seen=form.cleaned_data["seen"], by=request.person)
        messages.success(request, _("It stands by its points again."))
    else:
        moved = step2_list.move(entry, **form.cleaned_data, by=request.person)
        messages.success(request, _("Now at place %(rank)s.") % {"rank": moved.hand_rank})
    return redirect(entry.issue_list)


urlpatterns = [path("lists/<int:edition>/entries/<int:pk>/place/", move, name="list_move")]
