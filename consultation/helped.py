"""Help among neighbours and matters: a matter that a neighbour can help with, and what became of the help.

``volunteers`` knows matters by their number only; here its requests are found, and what it tells is received.
"""

from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Household, Person
from compounds.organisation.policies import allows
from consultation.models import Issue
from consultation.policies import sees
from consultation.steps import OPEN, Step
from volunteers.models import HelpRequest, HelpState
from volunteers.policies import HELP_ASK
from volunteers.sight import requests_visible_to

# Closing such a matter is one word away once the neighbour was helped.
_WAITS = {
    HelpState.DONE: _("a neighbour helped: can it be closed?"),
    HelpState.NOBODY: _("no volunteer was found"),
}


def request_of(issue: Issue) -> HelpRequest | None:
    return HelpRequest.objects.filter(issue_number=issue.number).first()


def was_helped(issue: Issue) -> bool:
    """Whether a neighbour gave the help that the matter asked for."""
    return HelpRequest.objects.filter(issue_number=issue.number, state=HelpState.DONE).exists()


def visible_request(issue: Issue, person: Person | None) -> HelpRequest | None:
    """The matter's request, for those who may know of it."""
    return requests_visible_to(person).filter(issue_number=issue.number).first()


def may_ask(issue: Issue, person: Person | None) -> bool:
    """Whether this member may look for a volunteer for the matter: they know who spoke, and nobody looked yet."""
    if person is None or issue.step == Step.CLOSED or not issue.category.asks_for_help:
        return False
    return allows(HELP_ASK, person) and sees(person, issue, "spoken_by") and request_of(issue) is None


def door_of(issue: Issue) -> Household | None:
    """The door from which it was brought up first."""
    voice = issue.voices.exclude(household=None).select_related("household").order_by("pk").first()
    return voice.household if voice else None


def settled_for_the_branch() -> list[tuple[Issue, str]]:
    """Open matters whose help is done, or for which nobody was found: each with what to do. Two queries."""
    rows = HelpRequest.objects.filter(state__in=list(_WAITS)).exclude(issue_number="")
    states = dict(rows.values_list("issue_number", "state"))
    issues = Issue.objects.filter(number__in=states, step__in=OPEN).order_by("pk")
    return [(issue, str(_WAITS[HelpState(states[issue.number])])) for issue in issues]
