import pytest

from compounds.registry.models import Compound
from tests.oversight.district.places import Places, community, compounds, counted


@pytest.fixture(autouse=True)
def _nothing_else(db):
    """The compounds of the run belong to another district; here they would only be in the way of counting."""
    Compound.objects.update(state="archived")


@pytest.fixture
def places(db):
    """Two districts; in the first a street with a community, and a community of no street. One compound in each."""
    inside = community("此区", "街内社区", street="街道")
    beside = community("此区", "街外社区")
    elsewhere = community("彼区", "彼社区")
    made = {}
    for where, slug in ((inside, "inside"), (beside, "beside"), (elsewhere, "elsewhere")):
        [made[slug]] = compounds(where, 1, stem=slug)
        counted(made[slug])
    return Places(inside, beside, elsewhere, made)
