"""District staff: a row here makes an account a staff account, and the last one taken away makes it an ordinary one."""

from typing import override

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from compounds.accounts.models import User
from compounds.registry.admin.standing import StandingAdmin, standing
from compounds.registry.models import Staff, StaffLevel


@admin.register(Staff)
class StaffAdmin(StandingAdmin):
    list_display = ["user", "district", "street", "community", "level"]
    list_select_related = ["user", "district", "street", "community"]
    list_filter = ["level"]
    search_fields = ["user__display_name"]
    fields = ["user", "district", "street", "community", "level"]
    actions = None

    lookups = {"district": "district", "street": "street", "community": "community"}

    def rows_inside(self, request: HttpRequest, rows: QuerySet[Staff], *, level: StaffLevel) -> QuerySet[Staff]:
        """A district's staff includes those of its streets and communities."""
        stands = standing(request, level=level)
        if stands.everything:
            return rows
        below = [
            self.lookups,
            {"district": "street__district"},
            {"district": "community__district", "street": "community__street"},
        ]
        inside = stands.inside(below[0]) | stands.inside(below[1]) | stands.inside(below[2])
        return rows.filter(inside)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["user"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_change_permission(request, obj)

    @override
    def save_model(self, request: HttpRequest, obj: Staff, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _keep_in_step(obj.user)

    def delete_model(self, request: HttpRequest, obj: Staff) -> None:
        user = obj.user
        super().delete_model(request, obj)
        _keep_in_step(user)


def _own(request: HttpRequest, obj: Model | None) -> bool:
    """Nobody changes what they may do themselves."""
    return isinstance(obj, Staff) and obj.user_id == request.user.pk and not request.user.is_superuser


def _keep_in_step(user: User) -> None:
    user.is_staff = user.is_superuser or Staff.objects.filter(user=user).exists()
    user.save(update_fields=["is_staff"])
