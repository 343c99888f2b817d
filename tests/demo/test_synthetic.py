"""Made-up compounds: as many as asked for, filled, and never beside real ones."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

from compounds.organisation.models import Household, Unit
from compounds.oversight.models import Outbox
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound, District
from consultation.models import Issue, StepRecord
from consultation.steps import FIVE, Step
from demo import synthetic


@pytest.fixture
def made_up_so_far(committing) -> Iterator[int]:
    """The compounds that are there count as made up, for a while."""
    before = list(Community.objects.all())
    Community.objects.update(district=District.objects.create(name=synthetic.DISTRICT))
    yield Compound.objects.count()
    Community.objects.bulk_update(before, ["district"])


def test_made_up_compounds_are_open_filled_and_named_as_such(made_up_so_far):
    call_command("make_district", compounds=2, issues=40, households=70, verbosity=0)

    made = Compound.objects.ready().filter(slug__startswith="synthetic-")
    assert {compound.name[:4] for compound in made} == {"合成小区"}
    assert made.count() == 2
    for compound in made:
        with compound_context(compound.schema_name):
            assert (Issue.objects.count(), Household.objects.count(), Unit.objects.count()) == (40, 70, 4)
            assert set(Issue.objects.values_list("step", flat=True)) == {*FIVE, Step.CLOSED}
            assert StepRecord.objects.count() == 40 + Issue.objects.exclude(step=Step.VISIT).count()
        assert Outbox.objects.filter(schema_name=compound.schema_name).exists()


def test_called_again_it_makes_more(made_up_so_far):
    for _ in range(2):
        call_command("make_district", compounds=1, issues=0, households=0, verbosity=0)

    assert Compound.objects.count() == made_up_so_far + 2


def test_beside_real_compounds_it_refuses(committing):
    before = Compound.objects.count()

    with pytest.raises(CommandError, match="北苑"):
        call_command("make_district", compounds=1, issues=1)

    assert Compound.objects.count() == before


def test_outside_the_demo_it_asks_for_a_yes(committing, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="--yes"):
        call_command("make_district", compounds=1, issues=1)
