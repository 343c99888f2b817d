"""The district's corrections of the working calendar: seen by all staff, made by those who administer a district."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from compounds.registry.admin.standing import StandingAdmin, standing
from compounds.registry.models import StaffLevel
from compounds.workdays import changes
from compounds.workdays.models import DayOverride


@admin.register(DayOverride)
class DayOverrideAdmin(StandingAdmin):
    list_display = ["day", "works", "reason"]
    date_hierarchy = "day"

    def rows_inside(
        self, request: HttpRequest, rows: QuerySet[DayOverride], *, level: StaffLevel
    ) -> QuerySet[DayOverride]:
        """The calendar is one for the whole installation."""
        return rows if standing(request, level=level).anywhere else rows.none()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return standing(request, level=StaffLevel.ADMINISTER).over_a_district

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_add_permission(request)

    def save_model(self, request: HttpRequest, obj: DayOverride, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's own
        super().save_model(request, obj, form, change)
        changes.say()

    def delete_model(self, request: HttpRequest, obj: DayOverride) -> None:
        super().delete_model(request, obj)
        changes.say()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[DayOverride]) -> None:
        super().delete_queryset(request, queryset)
        changes.say()
