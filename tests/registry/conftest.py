import pytest

from compounds.registry.models import Community, Compound, District, Street
from tests.registry.scopes import Scopes


@pytest.fixture
def scopes(db):
    """Two districts; in the first a street with a community and a compound, and a community of no street."""
    here, there = District.objects.create(name="此区"), District.objects.create(name="彼区")
    street = Street.objects.create(district=here, name="街道")
    inside = Community.objects.create(district=here, street=street, name="街内社区")
    beside = Community.objects.create(district=here, name="街外社区")
    elsewhere = Community.objects.create(district=there, name="彼社区")
    compounds = {
        community: Compound.objects.create(
            slug=slug, schema_name=f"c_{slug}", name=f"{community.name}小区", community=community, state="archived"
        )
        for slug, community in (("inside", inside), ("beside", beside), ("elsewhere", elsewhere))
    }
    return Scopes(here, there, street, inside, beside, elsewhere, compounds)
