"""The API's door into a compound: a partner's grant, or a member's posts, or an office that reads."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject
from rest_framework.request import Request

from compounds.kernel.errors import NotAllowed
from compounds.organisation import door, policies
from compounds.organisation.models import Person
from compounds.partners.authentication import Partner, SignedIn, TokenAuthentication
from compounds.partners.errors import NoGrant
from compounds.partners.models import Client, Grant
from compounds.partners.scopes import Scope
from compounds.partners.views import ApiView
from compounds.registry.context import current_schema
from compounds.registry.models import Compound


@dataclass(frozen=True)
class Caller:
    """Who asks inside a compound: a partner's system, or ``person`` (None: staff of the district, who read).

    Of a system ``stands_for`` gives the entry under which it writes here, None as long as it has written nothing.
    """

    partner: Partner | None
    person: Person | None
    handles: frozenset[str] = frozenset()

    def has(self, scope: Scope) -> bool:
        return self.partner is not None and self.partner.has(scope)

    @property
    def is_partner(self) -> bool:
        return self.partner is not None

    def acting(self) -> Person:
        """Who stands in this compound's history for what is done now. Raises NotAllowed for who only reads."""
        if self.person is not None:
            return self.person
        if self.partner is None:
            raise NotAllowed
        client = self.partner.client
        person, _made = Person.objects.get_or_create(user_id=client.user_id, defaults={"name": client.name[:60]})
        return _without_posts(person)


def caller_of(partner: Partner, compound: Compound) -> Caller:
    """What a system is in this compound. Raises NoGrant."""
    known = partner.known or Client.objects.values(**_known_in(compound, client="")).get(pk=partner.client.pk)
    grants, entry = known["reach"], known["entry"]
    if not grants:
        raise NoGrant
    handles = frozenset(kind for grant in grants for kind in grant["handles"])
    return Caller(partner, _without_posts(_person_of(entry)) if entry else None, handles)


# What is asked of a system's entry again and again, in the order of the model; the rest is read when it is asked for.
_KNOWN = ["id", "name", "household_id", "user_id"]


def _known_in(compound: Compound, *, client: str) -> dict[str, Combinable]:
    """A system's grants that reach here, and its entry among the people; ``client`` leads from the row asked to it."""
    grants = Grant.objects.filter(client=OuterRef(f"{client}pk")).over(compound)
    entry = Person.objects.filter(user_id=OuterRef(f"{client}user_id"))
    return {
        "reach": ArraySubquery(grants.values(known=JSONObject(handles="handles"))),
        "entry": Subquery(entry.values(known=JSONObject(**{name: name for name in _KNOWN}))),
    }


class TokenInCompound(TokenAuthentication):
    """A token, and what it is worth here, by one statement."""

    def along(self, request: Request) -> dict[str, Combinable]:
        return _known_in(request.compound, client="application__")  # type: ignore[attr-defined]


def _person_of(entry: dict[str, Any]) -> Person:
    return Person.from_db(DEFAULT_DB_ALIAS, _KNOWN, [entry[name] for name in _KNOWN])


def _without_posts(person: Person) -> Person:
    """A system's rights are its grant's, whatever post somebody gave its entry; so none are looked for."""
    person.serving = []
    return person


class CompoundApiView(ApiView):
    """A view of the API inside a compound; ``self.caller`` says who asks."""

    authentication_classes = [TokenInCompound, SignedIn]
    door_for_people = (door.NotYourCompound, door.NoPostToday)
    door_for_people_who_write = (door.OfficeReadsHere, NotAllowed)
    caller: Caller

    @property
    def schema_name(self) -> str:
        return current_schema()

    def let_partner_in(self, request: Request, partner: Partner) -> None:
        self.caller = caller_of(partner, request.compound)  # type: ignore[attr-defined]

    def let_user_in(self, request: Request) -> None:
        door.let_in(request._request, open_to_all=False)  # noqa: SLF001 - the door is that of the pages
        person: Person | None = request._request.person  # type: ignore[attr-defined]  # noqa: SLF001
        if action := self.actions.get(str(request.method)):
            policies.require(action, person)
        self.caller = Caller(None, person)
