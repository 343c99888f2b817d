"""Weights are this compound's own; a sorting keeps those it was made with, and each change is audited."""

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from compounds.organisation.models import AuditEntry, PostKind
from consultation.errors import SettingsChangedMeanwhile
from consultation.forms.settings import WEIGHTS
from consultation.limits import LIMITS
from consultation.models import ConsultationSettings, Proposal
from consultation.priority import Weights
from consultation.services import settings, step2_propose
from tests.consultation.branch import SHEET, at_branch
from tests.consultation.handling import secretary
from tests.factories import PersonFactory

pytestmark = pytest.mark.usefixtures("north")


def change(**values: int) -> ConsultationSettings:
    row = ConsultationSettings.objects.get()
    return settings.change(seen=row.updated_at, by=secretary(), **values)


def sheet(**changed: object) -> dict[str, object]:
    row = ConsultationSettings.objects.get()
    known = model_to_dict(row, WEIGHTS)
    return {**known, "seen": row.updated_at.isoformat(), **changed}


def test_every_compound_begins_with_the_districts_default():
    row = ConsultationSettings.objects.get()

    assert Weights.of(row) == Weights()
    assert all(getattr(row, key) is None for key in LIMITS)


def test_points_follow_the_weights_and_an_earlier_sorting_keeps_its_own(web):
    early, late = at_branch(), at_branch()
    step2_propose.propose(early, **(SHEET | {"urgency": "urgent"}), by=secretary())

    change(urgent=5, soon=5)
    proposal = step2_propose.propose(late, **(SHEET | {"urgency": "urgent"}), by=secretary())

    assert proposal.score == 5
    assert Proposal.objects.get(issue=early).score == 30
    shown = [web(secretary()).get(f"/issues/{issue.number}/").context["points"] for issue in (early, late)]
    assert [[reason.points for reason in points] for points in shown] == [[30], [5]]


def test_is_one_row_with_points_that_make_sense():
    for wrong in ({"id": 2}, {"soon": 31}, {"families": 21}, {"households_at_most": 31}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ConsultationSettings.objects.filter(pk=1).update(**wrong)


def test_the_page_sets_them_and_writes_down_what_was_before(web):
    answer = web(secretary()).post("/settings/weights/", sheet(urgent=20))

    assert answer.status_code == 302
    entry = AuditEntry.objects.filter(action="settings.weigh").get()
    assert (entry.by, entry.facts) == (secretary(), {"urgent": {"old": 30, "new": 20}})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"soon": 31}, "soon"),
        ({"families": 21}, "families"),
        ({"urgent": 31}, "households_at_most"),
        ({"per_household": "zwei"}, "per_household"),
        ({"frail": -1}, "frail"),
        ({"seen": "?"}, "seen"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(web, wrong, field):
    answer = web(secretary()).post("/settings/weights/", sheet(**wrong))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Weights.of(ConsultationSettings.objects.get()) == Weights()


def test_of_two_who_change_them_the_second_is_told():
    seen = ConsultationSettings.objects.get().updated_at
    settings.change(seen=seen, by=secretary(), urgent=20, soon=15)

    with pytest.raises(SettingsChangedMeanwhile):
        settings.change(seen=seen, by=secretary(), urgent=25, soon=15)

    assert ConsultationSettings.objects.get().urgent == 20


def test_what_changes_nothing_is_not_written_down():
    change(urgent=30)

    assert not AuditEntry.objects.filter(action="settings.weigh").exists()


@pytest.mark.parametrize("post", [kind for kind in PostKind if kind != PostKind.BRANCH_SECRETARY])
def test_is_the_branch_secretarys_alone(web, post):
    assert web(PersonFactory(posts=[post])).get("/settings/weights/").status_code == 403
