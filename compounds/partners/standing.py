"""Who manages partner systems: one may reach many communities, so they are a district's business.

Staff of a district see the systems that have a grant inside it, with their grants, webhooks and readings there, and
those that have none anywhere. A system that has a grant in another district too is changed by nobody of one of them.
"""

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest

from compounds.partners.models import Client, Grant, Subscription
from compounds.registry.admin.standing import StandingAdmin, standing
from compounds.registry.models import Compound, StaffLevel


def stands(request: HttpRequest, level: StaffLevel) -> bool:
    """Whether they stand over a whole district, at that level."""
    return standing(request, level=level).over_a_district


def grants_inside(request: HttpRequest, *, level: StaffLevel) -> QuerySet[Grant]:
    """Those for their districts and for places in them."""
    rows = Grant.objects.all()
    over = standing(request, level=level)
    if over.everything:
        return rows
    mine = over.over.get("district", frozenset())
    inside = Q(district__in=mine) | Q(community__district__in=mine) | Q(compound__community__district__in=mine)
    return rows.filter(inside)


def systems_inside(request: HttpRequest, rows: QuerySet[Client], *, level: StaffLevel) -> QuerySet[Client]:
    """Those that they may read of, or administer."""
    if not stands(request, level):
        return rows.none()
    theirs = Grant.objects.filter(client=OuterRef("pk"))
    mine = grants_inside(request, level=level).values("pk")
    if level == StaffLevel.ADMINISTER:
        return rows.exclude(Exists(theirs.exclude(pk__in=mine)))
    return rows.filter(Exists(theirs.filter(pk__in=mine)) | ~Exists(theirs))


def compounds_inside(request: HttpRequest, *, level: StaffLevel) -> QuerySet[Compound]:
    """The compounds of their districts."""
    rows, over = Compound.objects.all(), standing(request, level=level)
    return rows if over.everything else rows.filter(community__district__in=over.over.get("district", frozenset()))


def webhooks_inside(request: HttpRequest, rows: QuerySet[Subscription], *, level: StaffLevel) -> QuerySet[Subscription]:
    """Those of such systems, but for what is told of compounds elsewhere."""
    here = Q(compound=None) | Q(compound__in=compounds_inside(request, level=level))
    return rows.filter(here, client__in=systems_inside(request, Client.objects.all(), level=level))


class PartnerAdmin(StandingAdmin):
    """Read by the district's staff, changed by those who administer it."""

    def rows_inside(self, request: HttpRequest, rows: QuerySet, *, level: StaffLevel) -> QuerySet:
        return systems_inside(request, rows, level=level)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return stands(request, StaffLevel.READ)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return stands(request, StaffLevel.READ)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return stands(request, StaffLevel.ADMINISTER)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return stands(request, StaffLevel.ADMINISTER) and super().has_change_permission(request, obj)
