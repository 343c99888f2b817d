"""Honours for everybody: the wall, what hangs and is open to objections; and the answers to these."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from compounds.organisation.door import open_to_all
from notices.models import Objection, Posting, PostingKind
from volunteers import honours_wall
from volunteers.forms.honours import ObjectionAnswerForm
from volunteers.honoured import name_in_public
from volunteers.honours_wall import Line
from volunteers.models import Honour, HonourState
from volunteers.services import honours_posted


@open_to_all
@require_safe
def board_honours(request: HttpRequest) -> HttpResponse:
    """By year and kind; of what was given without being put up, only how many."""
    years = honours_wall.years()
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(one) for one in years} else (years[0] if years else None)
    named = honours_wall.shelves(year, call=name_in_public, named=lambda kind: kind.posted) if year else []
    context = {
        "nav": "board",
        "year": year,
        "years": years,
        "shelves": named,
        "count": sum(shelf.count for shelf in named),
        "hanging": Posting.objects.up(timezone.localdate()).filter(kind=PostingKind.HONOUR),
    }
    return _public(render(request, "volunteers/board_honours.html", context))


@open_to_all
@require_safe
def board_honour_posting(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet: who is to be honoured for what, and until when anybody may object."""
    posting = get_object_or_404(Posting, pk=pk, kind=PostingKind.HONOUR)
    rows = Honour.objects.told_by(posting.pk).standing().with_receivers().order_by("year", "kind__position", "pk")
    today = timezone.localdate()
    context = {
        "nav": "board",
        "posting": posting,
        "lines": [Line(row, name_in_public(row)) for row in rows],
        "up": posting.starts_on <= today <= posting.ends_on,
    }
    return _public(render(request, "volunteers/board_honour_posting.html", context))


def answer_objection(request: HttpRequest, objection: Objection) -> HttpResponse:
    """The page of one objection to honours. The view that calls it has asked whether one may."""
    rows = list(Honour.objects.told_by(objection.posting_id).with_receivers())
    hanging = [row for row in rows if row.state == HonourState.POSTED]
    lines = honours_wall.lines_for(request.person, hanging)
    form = ObjectionAnswerForm(request.POST if request.method == "POST" else None, lines=lines)
    if request.method != "POST" or not form.is_valid():
        left = (objection.due_on - timezone.localdate()).days
        context = {"nav": "board", "objection": objection, "form": form, "left": left}
        status = 422 if form.is_bound else 200
        return render(request, "volunteers/honour_objection.html", context, status=status)
    answer = form.cleaned_data["answer"]
    if form.cleaned_data["verdict"] == ObjectionAnswerForm.UPHOLD:
        against = [row for row in hanging if row.pk in form.cleaned_data["against"]]
        honours_posted.uphold(objection, against=against, answer=answer, by=request.person)
        messages.success(request, _("Upheld. Whoever was ticked is not honoured; the others hang on."))
    else:
        honours_posted.dismiss(objection, answer=answer, by=request.person)
        messages.success(request, _("Dismissed. Whoever objected reads the reason by their code."))
    return redirect("honours")


def _public(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


urlpatterns = [
    path("board/honours/", board_honours, name="board_honours"),
    path("board/honours/postings/<int:pk>/", board_honour_posting, name="board_honour_posting"),
]
