"""The offices above the compounds of every run, and what a worker would do for them."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from compounds.accounts.models import User
from compounds.jobs import working
from compounds.registry.models import Community, Compound, District, Street
from tests.registry.scopes import signed_in, staff


@dataclass
class Above:
    """District, street and community above ``north``, ``south`` and ``yard``."""

    district: District
    street: Street
    community: Community

    def client(self, level: str, scope: str) -> Client:
        """Somebody of one of the three, signed in."""
        return signed_in(self.user(level, scope))

    def user(self, level: str, scope: str) -> User:
        return staff(f"{scope}-{level}", level, **{scope: getattr(self, scope)})


@pytest.fixture
def above(db: None) -> Above:
    community = Community.objects.select_related("district").get(name="测试社区")
    street = Street.objects.create(district=community.district, name="测试街道")
    community.street = street
    community.save()
    return Above(community.district, street, community)


@pytest.fixture
def admin(above: Above) -> Client:
    return above.client("administer", "district")


def work_everything() -> None:
    """What a worker does with all that waits, here and now."""
    while working.work_next(timezone.now()):
        pass


def compound(slug: str) -> Compound:
    return Compound.objects.get(slug=slug)


def page(slug: str, route: str) -> str:
    return f"/admin/registry/compound/{compound(slug).pk}/{route}"
