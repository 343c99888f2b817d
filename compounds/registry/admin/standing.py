"""From a row of ``Staff`` to what the admin lets somebody do.

Django's own permission rows are not asked. A superuser may do all. Everybody else has a *standing*: the districts,
streets and communities of their Staff rows. Whatever lies inside one of them is seen; whatever lies inside one where
the row says ``administer`` may be added and changed. Nothing is deleted, unless an admin class says so.
"""

from dataclasses import dataclass
from typing import Any, override

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.db.models import DateField, Field, Model, Q, QuerySet
from django.forms import Field as FormField
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from compounds.accounts.models import User
from compounds.kernel.days import DayInput
from compounds.registry.admin.logins import LoginField
from compounds.registry.models import Staff, StaffLevel

SCOPES = ("district", "street", "community")


@dataclass(frozen=True)
class Standing:
    """Over what somebody stands: for each kind of scope the primary keys."""

    over: dict[str, frozenset[int]]
    everything: bool = False

    @property
    def anywhere(self) -> bool:
        """Whether there is any scope at all."""
        return self.everything or any(self.over.values())

    @property
    def over_a_district(self) -> bool:
        return self.everything or bool(self.over.get("district"))

    def inside(self, lookups: dict[str, str]) -> Q:
        """The rows inside the scopes; ``lookups`` leads from the model to each kind of scope that it lies below."""
        found = Q(pk__in=[])
        for scope, lookup in lookups.items():
            found |= Q(**{f"{lookup}__in": self.over.get(scope, frozenset())})
        return found


def standing(request: HttpRequest, *, level: StaffLevel = StaffLevel.READ) -> Standing:
    """Where the one who asks may read, or administer. Read once per request."""
    user = request.user
    if not user.is_active or not user.is_staff or user.pk is None:
        return Standing({})
    if user.is_superuser:
        return Standing({}, everything=True)
    rows = getattr(request, "staff_rows", None)
    if rows is None:
        rows = request.staff_rows = list(Staff.objects.filter(user=user.pk))  # type: ignore[attr-defined]
    rows = [row for row in rows if level in (StaffLevel.READ, row.level)]
    return Standing({scope: frozenset(pk for row in rows if (pk := getattr(row, f"{scope}_id"))) for scope in SCOPES})


class StandingAdmin(admin.ModelAdmin):
    """An admin class whose rows lie below districts, streets or communities, by ``lookups``."""

    lookups: dict[str, str] = {}
    # By which columns, besides its filters, a list may be narrowed: those that links of ours name.
    narrowed_by: tuple[str, ...] = ()
    # Django's calendar is two more scripts.
    formfield_overrides = {DateField: {"widget": DayInput}}

    @property
    def media(self) -> Media:
        """Without what writes slugs while one types, half of Django's own: nothing here is filled in like that."""
        parts = (
            "vendor/jquery/jquery.min.js",
            "jquery.init.js",
            "core.js",
            "admin/RelatedObjectLookups.js",
            "actions.js",
        )
        return Media(js=[f"admin/js/{part}" for part in parts])

    def rows_inside(self, request: HttpRequest, rows: QuerySet[Any], *, level: StaffLevel) -> QuerySet[Any]:
        """Those of ``rows`` over which the one who asks stands, at that level."""
        stands = standing(request, level=level)
        return rows if stands.everything else rows.filter(stands.inside(self.lookups)).distinct()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.rows_inside(request, super().get_queryset(request), level=StaffLevel.READ)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        # PostgreSQL knows no null character, and Django would pass one on from any filter.
        if any("\x00" in text for text in request.GET.values()):
            raise BadRequest
        return super().changelist_view(request, extra_context)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the page offers. Django lets any column through: a secret could be asked for letter by letter."""
        offered = {getattr(one, "parameter_name", one) for one in self.get_list_filter(request)}
        offered |= {*self.narrowed_by, self.date_hierarchy}
        named = any(lookup == one or lookup.startswith(f"{one}__") for one in offered if one)
        return named and super().lookup_allowed(lookup, value, request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        # Django's autocomplete view, which no page of ours asks, would pass it on too.
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return standing(request).anywhere

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return standing(request).anywhere

    def has_add_permission(self, request: HttpRequest) -> bool:
        return standing(request, level=StaffLevel.ADMINISTER).anywhere

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        stands = standing(request, level=StaffLevel.ADMINISTER)
        if obj is None or stands.everything:
            return stands.anywhere
        return self.rows_inside(request, self.model.objects.filter(pk=obj.pk), level=StaffLevel.ADMINISTER).exists()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        """Offer, and accept, only what lies where the one who asks administers."""
        above = self.admin_site.get_model_admin(db_field.remote_field.model)
        if isinstance(above, StandingAdmin):
            rows = db_field.remote_field.model.objects.all()
            kwargs["queryset"] = above.rows_inside(request, rows, level=StaffLevel.ADMINISTER)
        if db_field.remote_field.model is User:
            kwargs = {"help_text": _("Their name or their login name."), **kwargs, "form_class": LoginField}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @override
    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        """Django puts signs for adding and changing beside what leads to other rows; they would write keys here."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, LoginField):
            field.widget = field.widget.widget
        return field


class ReadOnlyAdmin(StandingAdmin):
    """Rows that the product writes; nobody changes them by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
