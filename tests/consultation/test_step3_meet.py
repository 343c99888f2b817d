"""Four parties decide once every seat that is not vacant is taken, for each item."""

import pytest

from consultation.errors import PartyAbsent
from consultation.models import DecisionOutcome, Party
from consultation.services import step3_meet
from consultation.steps import Step
from tests.factories import IssueFactory, PersonFactory, four_seats

pytestmark = pytest.mark.usefixtures("north")


def test_nobody_signed_in_cannot_decide():
    four_seats()
    issue = IssueFactory(step=Step.MEET)
    by = PersonFactory()
    from django.utils import timezone

    meeting = step3_meet.convene(starts_at=timezone.now(), venue="x", issues=[issue], by=by)

    with pytest.raises(PartyAbsent):
        step3_meet.decide(meeting.items.get(), outcome=DecisionOutcome.CONSENSUS, text="x", answers={}, by=by)
    assert Party.BRANCH
