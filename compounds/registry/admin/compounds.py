"""Compounds, who may enter them, and which staff looked into them."""

from typing import Any, override

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect

from compounds.registry.admin.standing import ReadOnlyAdmin, StandingAdmin
from compounds.registry.models import Compound, Membership, StaffEntry
from compounds.registry.opening import open_compound

_BELOW_COMPOUND = {
    "district": "compound__community__district",
    "street": "compound__community__street",
    "community": "compound__community",
}


@admin.register(Compound)
class CompoundAdmin(StandingAdmin):
    """Adding one opens it: its schema with all tables, and what every compound begins with."""

    lookups = {"district": "community__district", "street": "community__street", "community": "community"}
    list_display = ["name", "community", "state", "built_on", "pages"]
    list_filter = ["state"]
    list_select_related = ["community"]
    search_fields = ["name", "slug"]
    # No date_hierarchy, no actions: a compound is looked at one by one, and never deleted.

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["name", "slug", "community", "built_on", *(["state", "schema_name", "pages"] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        # An address that was given out stays, and the tree of a compound mirrors its community.
        return ["slug", "community", "state", "schema_name", "pages"] if obj else []

    @method_decorator(csrf_protect)
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if object_id is None:
            # Opening enters the new compound, and a transaction stands inside a compound, never around the door.
            return self._changeform_view(request, None, form_url, extra_context)
        return super().changeform_view(request, object_id, form_url, extra_context)

    @override
    def save_model(self, request: HttpRequest, obj: Compound, form: ModelForm, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        opened = open_compound(slug=obj.slug, name=obj.name, community=obj.community, built_on=obj.built_on)
        obj.__dict__.update(opened.__dict__)

    @admin.display(description=_("pages"))
    def pages(self, obj: Compound) -> SafeString:
        """Where the compound is, for those who want to look."""
        return format_html('<a href="{}tree/">{}</a>', obj.url, obj.url)


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Written by each compound together with its posts."""

    lookups = _BELOW_COMPOUND
    list_display = ["user", "compound", "created_at"]
    list_select_related = ["user", "compound"]
    search_fields = ["user__display_name", "compound__name"]


@admin.register(StaffEntry)
class StaffEntryAdmin(ReadOnlyAdmin):
    lookups = _BELOW_COMPOUND
    list_display = ["entered_at", "user", "compound", "path"]
    list_select_related = ["user", "compound"]
    search_fields = ["user__display_name", "compound__name"]
    date_hierarchy = "entered_at"
