"""What an office has demanded to know in one compound and what was answered, and what the compound passed upward."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from compounds.oversight import steering
from compounds.registry.admin import compound_pages
from compounds.registry.admin.compound_pages import Page, Visit, address
from compounds.registry.context import compound_context
from compounds.registry.models import StaffLevel
from compounds.registry.office import Office, OfficeLevel
from consultation.district.actions import case_of
from consultation.errors import NotYourOffice
from consultation.forms.supervision import DemandForm
from consultation.models import Issue, Referral, Supervision
from consultation.services import supervision

_TITLE = gettext_lazy("Demands and answers")
_SHOWN = 100


class NumberForm(forms.Form):
    """Which matter a demand is about."""

    number = forms.CharField(
        label=gettext_lazy("Number of the matter"),
        max_length=12,
        help_text=gettext_lazy("As it stands on the matter's page, such as 2026-0007."),
    )


@require_safe
def demands(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Open demands first; with a number the page leads on to the form about that matter."""
    pk = visit.compound.pk
    with compound_context(visit.compound.schema_name):
        form = NumberForm(request.GET if "number" in request.GET else None)
        if form.is_valid():
            number = form.cleaned_data["number"].strip()
            if visit.office and Issue.objects.visible_to(None).filter(number=number).exists():
                return redirect(steering.url("demand", pk, number))
            form.add_error("number", _("There is no matter of this number that you may see."))
        rows = Supervision.objects.visible_to(None).select_related("issue", "answered_by")
        hidden = Supervision.objects.open().exclude(pk__in=rows).count()
        referrals = _put_to_offices()
        shown: dict[str, Any] = {
            "form": form,
            "open_ones": [_line(row, visit) for row in rows.open()],
            "closed_ones": [_line(row, visit) for row in rows.exclude(closed_at=None)[:_SHOWN]],
            "hidden": hidden,
            "referrals": [_referral(row, visit) for row in referrals if row.seen],
            "referrals_hidden": sum(not row.seen for row in referrals),
            "may": visit.office is not None,
        }
        return visit.answer(request, "consultation/district/demands.html", **shown)


def _put_to_offices() -> Any:
    """All that wait, those about confidential matters too: of these, not ``seen``, only the number is told."""
    waiting = Referral.objects.waiting().filter(level__in=[OfficeLevel.STREET, OfficeLevel.DISTRICT])
    seen = Exists(Issue.objects.visible_to(None).filter(pk=OuterRef("issue")))
    return waiting.annotate(seen=seen).select_related("issue").order_by("answer_due_on")


def _referral(row: Referral, visit: Visit) -> dict[str, Any]:
    mine = visit.office is not None and visit.office.stands_for(row.level)
    url = steering.url("answer", visit.compound.pk, row.issue.number) if mine else ""
    return {"row": row, "url": url, "late": row.answer_due_on < timezone.localdate()}


def _line(row: Supervision, visit: Visit) -> dict[str, Any]:
    mine = visit.office is not None and visit.office.stands_for(row.level)
    url = address("demand", visit.compound.pk, demand=row.pk) if mine and not row.closed_at else ""
    return {"row": row, "url": url, "days_late": row.days_late(timezone.localdate())}


@require_http_methods(["GET", "HEAD", "POST"])
def demand(request: HttpRequest, visit: Visit, demand: int) -> HttpResponse:
    """One demand with its answer: settle it, or ask further."""
    back = address("demands", visit.compound.pk)
    with compound_context(visit.compound.schema_name):
        rows = Supervision.objects.visible_to(None).select_related("issue__category", "answered_by", "follows")
        row = get_object_or_404(rows, pk=demand)
        _require(visit.by, row)
        further = request.method == "POST" and "further" in request.POST
        form = DemandForm(request.POST if further else None)
        if request.method == "POST" and not further:
            supervision.close(row, by=visit.by)
            messages.success(request, _("The demand is settled."))
            return redirect(back)
        if form.is_valid():
            supervision.follow_up(row, **form.cleaned_data, by=visit.by)
            messages.success(request, _("The branch is asked further."))
            return redirect(back)
        shown = {"row": row, "case": case_of(row.issue), "form": form, "above": [(_TITLE, back)]}
        status = 422 if further else 200
        return visit.answer(request, "consultation/district/demand.html", status=status, **shown)


def _require(office: Office, row: Supervision) -> None:
    if not office.stands_for(row.level):
        raise NotYourOffice


compound_pages.register(Page("demands", _TITLE, "demands/", demands, level=StaffLevel.READ))
compound_pages.register(
    Page("demand", gettext_lazy("A demand and its answer"), "demands/<int:demand>/", demand, listed=False)
)
