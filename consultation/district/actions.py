"""The two things that an office does about a matter: demand an answer, and answer what was passed upward."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compounds.oversight import steering
from compounds.oversight.steering import Action, Case
from compounds.registry.office import Office
from consultation.errors import NotAboutThis, NotYourOffice
from consultation.forms.supervision import DemandForm, OfficeAnswerForm
from consultation.models import Issue
from consultation.services import referral, supervision
from consultation.steps import OPEN, Step


def issue_for_office(number: str) -> Issue:
    """The matter of that number, if the district may know of it; what is confidential is not there (Http404)."""
    return get_object_or_404(Issue.objects.visible_to(None).with_place(), number=number)


def case_of(issue: Issue, *more: tuple[Any, str], subject: Any = None) -> Case:
    """What an office reads of a matter; nobody's name and no door."""
    due = date_format(issue.due_on) if issue.due_on and issue.step != Step.CLOSED else "–"
    facts = [
        (_("Category"), str(issue.category)),
        (_("Place"), issue.place or "–"),
        (_("Step"), str(Step(issue.step).label)),
        (_("It is with"), str(issue.owner or "–")),
        (_("Due"), due),
        *more,
    ]
    return Case(str(issue), facts, subject or issue)


def _look_to_demand(number: str, office: Office) -> Case:
    issue = issue_for_office(number)
    if issue.step == Step.CLOSED:
        raise NotAboutThis
    return case_of(issue)


def _demand(case: Case, form: DemandForm, office: Office) -> str:
    row = supervision.demand(case.subject, **form.cleaned_data, by=office)
    return _("The branch is to answer by %(day)s.") % {"day": date_format(row.answer_due_on)}


def _look_to_answer(number: str, office: Office) -> Case:
    issue = issue_for_office(number)
    row = issue.referrals.waiting().select_related("sent_by").first()
    if row is None:
        raise Http404
    if not office.stands_for(row.level):
        raise NotYourOffice
    asked = [
        (_("Put to"), row.to),
        (_("What is asked"), row.question),
        (_("Answer expected by"), date_format(row.answer_due_on)),
    ]
    return case_of(issue, *asked, subject=row)


def _answer(case: Case, form: OfficeAnswerForm, office: Office) -> str:
    moved = referral.answer(case.subject, answer=form.cleaned_data["answer"], to=form.to, by=office)
    return _("The answer is written down. Now: %(step)s.") % {"step": moved.get_step_display()}


steering.register(
    Action(
        "demand",
        gettext_lazy("Demand an answer"),
        gettext_lazy("Demand an answer"),
        _look_to_demand,
        DemandForm,
        _demand,
        steps=frozenset(OPEN),
        then="demands",
    )
)
steering.register(
    Action(
        "answer",
        gettext_lazy("Answer what was passed upward"),
        gettext_lazy("Send the answer"),
        _look_to_answer,
        OfficeAnswerForm,
        _answer,
        steps=frozenset({Step.REFERRED}),
        then="demands",
        note=gettext_lazy("The answer stands in the matter's history with the name of your office and yours."),
    )
)
