"""Who manages partner systems: one may reach many communities, so they are a district's business."""

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from compounds.registry.admin.standing import StandingAdmin, standing
from compounds.registry.models import StaffLevel


def stands(request: HttpRequest, level: StaffLevel) -> bool:
    """Whether they stand over a whole district, at that level."""
    return standing(request, level=level).over_a_district


class PartnerAdmin(StandingAdmin):
    """Read by the district's staff, changed by those who administer it."""

    def rows_inside(self, request: HttpRequest, rows: QuerySet, *, level: StaffLevel) -> QuerySet:
        return rows if stands(request, level) else rows.none()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return stands(request, StaffLevel.READ)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return stands(request, StaffLevel.READ)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return stands(request, StaffLevel.ADMINISTER)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return stands(request, StaffLevel.ADMINISTER)
