"""One login for each role, to try the demo with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from compounds.accounts.models import User
from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from compounds.registry.models import Compound, Staff
from demo.holders import holders
from demo.plans import DISTRICT, HUPAN, XIJUN

ADMIN = "/admin/"


@dataclass(frozen=True)
class Login:
    """Who one is with it, and the page to begin at."""

    role: str
    name: str
    username: str
    address: str


def logins(on: date) -> list[Login]:
    """One person of each role in the real compound, the district's two, and one of the compound beyond the border."""
    found = []
    for slug, kinds in ((XIJUN.slug, list(PostKind)), (HUPAN.slug, [PostKind.BRANCH_SECRETARY])):
        compound = Compound.objects.ready().filter(slug=slug).first()
        if compound:
            found += _of_compound(compound, kinds, on)
    return found + list(_of_district())


def _of_compound(compound: Compound, kinds: list[PostKind], on: date) -> list[Login]:
    with compound_context(compound.schema_name):
        people = {kind: person for kind in kinds if (person := holders(kind, on).first())}
    users = User.objects.in_bulk([person.user_id for person in people.values()])
    return [
        Login(f"{compound.name} · {kind.label}", person.name, users[person.user_id].username, compound.url)
        for kind, person in people.items()
    ]


def _of_district() -> Iterator[Login]:
    for member in Staff.objects.filter(district__name=DISTRICT).select_related("user").order_by("pk"):
        role = _("district staff, %(level)s") % {"level": member.get_level_display()}
        yield Login(f"{DISTRICT} · {role}", member.user.display_name, member.user.username, ADMIN)
