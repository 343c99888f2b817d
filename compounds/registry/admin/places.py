"""Districts, streets, communities."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from compounds.registry.admin.standing import StandingAdmin, standing
from compounds.registry.models import Community, District, StaffLevel, Street


@admin.register(District)
class DistrictAdmin(StandingAdmin):
    lookups = {"district": "pk"}
    list_display = ["name"]
    search_fields = ["name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return standing(request, level=StaffLevel.ADMINISTER).everything


class BelowDistrictAdmin(StandingAdmin):
    """What only somebody who administers a district adds to it; below it, one changes what one stands over."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return standing(request, level=StaffLevel.ADMINISTER).over_a_district

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        # What stands below would move along, into a scope that other people oversee.
        return ["district"] if obj else []


@admin.register(Street)
class StreetAdmin(BelowDistrictAdmin):
    lookups = {"district": "district", "street": "pk"}
    list_display = ["name", "district"]
    list_select_related = ["district"]
    search_fields = ["name"]


@admin.register(Community)
class CommunityAdmin(BelowDistrictAdmin):
    lookups = {"district": "district", "street": "street", "community": "pk"}
    list_display = ["name", "street", "district"]
    list_select_related = ["street", "district"]
    search_fields = ["name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        above = standing(request, level=StaffLevel.ADMINISTER).over_a_district
        return [*super().get_readonly_fields(request, obj), *([] if above else ["street"])]
