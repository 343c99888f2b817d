"""Partners' tests begin with nothing told: what other tests committed in their compounds is no news here."""

import pytest

from compounds.partners.models import Event


@pytest.fixture(autouse=True)
def _nothing_told_before(request: pytest.FixtureRequest) -> None:
    if "north" in request.fixturenames:
        request.getfixturevalue("north")
        Event.objects.all().delete()
