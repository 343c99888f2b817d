"""Compounds, who may enter them, and which staff looked into them."""

from datetime import datetime
from typing import Any, override

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from compounds.registry import names, opening, slugs
from compounds.registry.admin import compound_pages, list_pages
from compounds.registry.admin.standing import ReadOnlyAdmin, StandingAdmin
from compounds.registry.models import Compound, Membership, StaffEntry
from compounds.registry.office import office_over

_BELOW_COMPOUND = {
    "district": "compound__community__district",
    "street": "compound__community__street",
    "community": "compound__community",
}


class CompoundForm(ModelForm):
    """An address left empty is proposed from the name, and looked at before it is kept: it stays for good.

    To be asked in a transaction: until it ends, nobody else takes the name.
    """

    slug = forms.CharField(
        label=capfirst(_("address")),
        max_length=slugs.LONGEST,
        required=False,
        help_text=_(
            "The part of the web address after /c/, in small letters. Leave it empty and one is proposed from the name."
        ),
    )

    class Meta:
        model = Compound
        fields = ["name", "slug", "community", "built_on"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self._look_at_name(data)
        if self.instance.pk or "slug" in self.errors or "name" in self.errors:
            return data
        known = slugs.taken()
        if not data.get("slug"):
            shown: Any = self.data.copy()
            shown["slug"] = slugs.proposed(data["name"], known)
            self.data = shown
            self.add_error("slug", _("This address is proposed. It cannot be changed later: look at it, then save."))
        elif problem := slugs.wrong(data["slug"], known):
            self.add_error("slug", problem)
        return data

    def _look_at_name(self, data: dict[str, Any]) -> None:
        place = data["community"].pk if data.get("community") else self.instance.community_id
        if not (place and data.get("name") and {"name", "community"} & set(self.changed_data)):
            return
        names.hold([place])
        if problem := names.wrong(data["name"], place, names.taken([place], but=self.instance)):
            self.add_error("name", problem)


@admin.register(Compound)
class CompoundAdmin(StandingAdmin):
    """Adding one keeps its address and has it opened in the background."""

    lookups = {"district": "community__district", "street": "community__street", "community": "community"}
    list_display = ["name", "community", "state", "built_on", "pages"]
    list_filter = ["state"]
    list_select_related = ["community"]
    search_fields = ["name", "slug"]
    form = CompoundForm
    change_form_template = "registry/admin/compound.html"
    change_list_template = "registry/admin/compounds.html"
    # No date_hierarchy, no actions: a compound is looked at one by one, and never deleted.

    def get_urls(self) -> list[URLPattern]:
        return [*list_pages.urls(self), *compound_pages.urls(self), *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["name", "slug", "community", "built_on", *(["state", "pages"] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        # An address that was given out stays, and the tree of a compound mirrors its community.
        return ["slug", "community", "state", "pages"] if obj else []

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        beside = list_pages.offered() if self.has_add_permission(request) else []
        return super().changelist_view(request, {**(extra_context or {}), "beside": beside})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        compound: Any = self.get_object(request, object_id)
        beside = compound_pages.offered(compound, office_over(request.user, compound)) if compound else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "beside": beside})

    @override
    def save_model(self, request: HttpRequest, obj: Compound, form: ModelForm, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        kept = opening.reserve(slug=obj.slug, name=obj.name, community=obj.community, built_on=obj.built_on)
        list_pages.begin_opening(kept)
        obj.__dict__.update(kept.__dict__)

    def response_add(self, request: HttpRequest, obj: Compound, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, _("%(name)s is being opened. This takes a few seconds.") % {"name": obj.name})
        return redirect("admin:registry_compound_opening")

    @admin.display(description=_("pages"))
    def pages(self, obj: Compound) -> SafeString:
        """Where the compound is, for those who want to look."""
        return format_html('<a href="{}tree/">{}</a>', obj.url, obj.url)


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Written by each compound together with its posts."""

    lookups = _BELOW_COMPOUND
    list_display = ["user", "compound", "since"]
    list_select_related = ["user", "compound"]
    search_fields = ["user__display_name", "compound__name"]

    @admin.display(description=_("since"), ordering="created_at")
    def since(self, membership: Membership) -> datetime:
        return membership.created_at


@admin.register(StaffEntry)
class StaffEntryAdmin(ReadOnlyAdmin):
    lookups = _BELOW_COMPOUND
    list_display = ["entered_at", "user", "compound", "path"]
    list_select_related = ["user", "compound"]
    search_fields = ["user__display_name", "compound__name"]
    date_hierarchy = "entered_at"
