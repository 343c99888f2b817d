"""What somebody of the district sees: the compounds and communities inside their ``Staff`` rows, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from compounds.oversight.models import OpenItem, OpenItemQuerySet
from compounds.registry.admin.standing import Standing, standing
from compounds.registry.models import Community, Compound, CompoundState, StaffLevel

_OF_COMPOUND = {"district": "community__district", "street": "community__street", "community": "community"}
_OF_ITEM = {scope: f"compound__{lookup}" for scope, lookup in _OF_COMPOUND.items()}
_OF_COMMUNITY = {"district": "district", "street": "street", "community": "pk"}

# A choice of a form: none, or an <optgroup> of several.
type Choices = list[tuple[Any, Any]]


def compounds_seen(request: HttpRequest) -> QuerySet[Compound]:
    """Those over which the one who asks stands, in whatever state."""
    return _inside(standing(request), Compound.objects.all(), _OF_COMPOUND)


def items_seen(request: HttpRequest) -> OpenItemQuerySet:
    """The open matters of those compounds that can be entered; nobody works on what an archived one left open."""
    return _inside(standing(request), OpenItem.objects.filter(compound__state=CompoundState.READY), _OF_ITEM)


def may_steer(request: HttpRequest, community: Community) -> bool:
    """Whether the one who asks administers the compounds of that community."""
    stands = standing(request, level=StaffLevel.ADMINISTER)
    above = {"district": community.district_id, "street": community.street_id, "community": community.pk}
    return stands.everything or any(above[scope] in pks for scope, pks in stands.over.items())


def _inside[Rows: QuerySet[Any]](stands: Standing, rows: Rows, lookups: dict[str, str]) -> Rows:
    return rows if stands.everything else rows.filter(stands.inside(lookups))


@dataclass
class Places:
    """The streets and communities that one sees, for the filters of a page. One query."""

    request: HttpRequest

    @cached_property
    def communities(self) -> list[Community]:
        rows = _inside(standing(self.request), Community.objects.all(), _OF_COMMUNITY)
        return list(rows.select_related("street").order_by("street__name", "name"))

    @property
    def streets(self) -> Choices:
        found = {c.street.pk: c.street.name for c in self.communities if c.street}
        return [("", _("all streets")), *found.items()]

    @property
    def grouped(self) -> Choices:
        """Communities by street; those of none stand at the end."""
        by_street: dict[str, Choices] = {}
        for community in self.communities:
            street = community.street.name if community.street else _("without a street")
            by_street.setdefault(street, []).append((community.pk, community.name))
        if len(by_street) == 1:
            return [("", _("all communities")), *next(iter(by_street.values()))]
        return [("", _("all communities")), *by_street.items()]


def for_staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse whoever stands over nothing."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not standing(request).anywhere:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
