"""Partner systems in the district's admin: opened, granted, given a new secret, switched off by who administers it."""

from collections.abc import Iterable
from typing import Any, override

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Field, Model, OuterRef, QuerySet, Subquery
from django.forms import Field as FormField
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from oauth2_provider import admin as library
from oauth2_provider import models as oauth

from compounds.kernel.words import listed
from compounds.partners import clients
from compounds.partners.forms import ClientForm, GrantForm, SecretForm
from compounds.partners.hooks import admin as webhooks
from compounds.partners.models import Client, Grant, PersonalRead, Secret
from compounds.partners.standing import PartnerAdmin, compounds_inside, grants_inside, stands, systems_inside
from compounds.registry.admin.standing import ReadOnlyAdmin, StandingAdmin, standing
from compounds.registry.models import Compound, StaffLevel
from compounds.registry.office import OnlyReads

# The library's own pages show tokens and applications to everybody who may open the admin.
assert library
# Registered there.
assert webhooks
for shown in (
    oauth.get_application_model(),
    oauth.get_access_token_model(),
    oauth.get_grant_model(),
    oauth.get_id_token_model(),
    oauth.get_refresh_token_model(),
    oauth.get_device_grant_model(),
):
    if admin.site.is_registered(shown):
        admin.site.unregister(shown)


# Readings of personal data on the page of a system; a list of its own has all.
_LAST = 10
# What the fields of the API tell, in words.
_TOLD = {
    "spoken_by": _("who spoke"),
    "said": _("their words"),
    "place_note": _("the place in words"),
    "name": _("their name"),
    "phone_masked": _("masked phone number"),
    "phone": _("phone number"),
}


def _administers(request: HttpRequest, client: Client | None) -> bool:
    """Whether they may change this system, or open one."""
    if client is None:
        return stands(request, StaffLevel.ADMINISTER)
    return systems_inside(request, Client.objects.filter(pk=client.pk), level=StaffLevel.ADMINISTER).exists()


class GrantInline(admin.StackedInline):
    model = Grant
    form = GrantForm
    verbose_name_plural = _("where it may work")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Grant]:
        rows = super().get_queryset(request).filter(pk__in=grants_inside(request, level=StaffLevel.READ))
        return rows.select_related("district", "community", "compound")

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        """Offer, and accept, only places where the one who asks administers."""
        above = self.admin_site.get_model_admin(db_field.remote_field.model)
        if isinstance(above, StandingAdmin):
            rows = db_field.remote_field.model.objects.all()
            kwargs["queryset"] = above.rows_inside(request, rows, level=StaffLevel.ADMINISTER)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A place is chosen here, and neither made nor changed.
            wrapper = field.widget
            wrapper.can_add_related = wrapper.can_change_related = wrapper.can_view_related = False
        return field

    def get_extra(self, request: HttpRequest, obj: Client | None = None, **kwargs: Any) -> int:
        """An empty one where there is none yet."""
        return 0 if obj is not None and obj.grants.exists() else 1

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return stands(request, StaffLevel.READ)

    def has_add_permission(self, request: HttpRequest, obj: Client | None = None) -> bool:
        return _administers(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Client | None = None) -> bool:
        return _administers(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Client | None = None) -> bool:
        return _administers(request, obj)


class SecretInline(admin.StackedInline):
    """Its secrets: when each was last used, so that one sees when the old one can go. None is shown."""

    model = Secret
    form = SecretForm
    fields = ["last_used_at", "expires_at", "revoked_at", "call_back"]
    readonly_fields = ["last_used_at", "expires_at", "revoked_at"]
    extra = 0
    verbose_name_plural = _("secrets")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return stands(request, StaffLevel.READ)

    def has_change_permission(self, request: HttpRequest, obj: Client | None = None) -> bool:
        return _administers(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Client)
class ClientAdmin(PartnerAdmin):
    form = ClientForm
    list_display = ["name", "active", "last_used_at"]
    list_filter = ["active"]
    search_fields = ["name"]
    ordering = ["name", "pk"]
    actions = None
    # The library gives its applications an address; ours have none.
    view_on_site = False
    inlines = [GrantInline, SecretInline]
    change_form_template = "partners/admin/client.html"

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["name", *(["known_as", "last_used_at"] if obj else []), "scopes", "per_minute", "active"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["known_as", "last_used_at"] if obj else []

    @admin.display(description=_("client ID"))
    def known_as(self, obj: Client) -> str:
        return obj.client_id

    @override
    def save_model(self, request: HttpRequest, obj: Client, form: ModelForm, change: bool) -> None:
        if not change:
            clients.prepare(obj)
        super().save_model(request, obj, form, change)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """With what personal data it was told last."""
        if obj := kwargs.get("obj"):
            rows = _readings_inside(request, PersonalRead.objects.filter(system=obj.pk)).order_by("-at", "-pk")[:_LAST]
            names = _compounds(row.schema_name for row in rows)
            context["readings"] = [(row, names.get(row.schema_name, row.schema_name), _in_words(row)) for row in rows]
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        make = self.admin_site.admin_view(self.make_secret)
        return [path("<int:pk>/secret/", make, name="partners_client_secret"), *super().get_urls()]

    @method_decorator([never_cache, csrf_protect])
    def make_secret(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a new secret, this once; the earlier ones end after a week."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        client = get_object_or_404(self.get_queryset(request), pk=pk)
        if not client.active or not self.has_change_permission(request, client):
            raise OnlyReads
        secret = clients.new_secret(client, now=timezone.now())
        self.log_change(request, client, str(_("Made a new secret.")))
        context = {
            **self.admin_site.each_context(request),
            "title": _("New secret"),
            "opts": self.opts,
            "original": client,
            "secret": secret,
        }
        return TemplateResponse(request, "partners/admin/secret.html", context)


@admin.register(PersonalRead)
class PersonalReadAdmin(ReadOnlyAdmin):
    """Who was told personal data, when and of which matter; nobody changes it."""

    narrowed_by = ("system",)
    list_display = ["at", "name", "where", "about", "what", "people", "reason"]
    search_fields = ["name", "about"]
    ordering = ["-at", "-pk"]
    actions = None
    show_full_result_count = False
    fields = ["at", "name", "where", "about", "what", "people", "reason"]

    def rows_inside(
        self, request: HttpRequest, rows: QuerySet[PersonalRead], *, level: StaffLevel
    ) -> QuerySet[PersonalRead]:
        return _readings_inside(request, rows)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return stands(request, StaffLevel.READ)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return stands(request, StaffLevel.READ)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PersonalRead]:
        of_compound = Compound.objects.filter(schema_name=OuterRef("schema_name")).values("name")
        return super().get_queryset(request).annotate(compound=Subquery(of_compound))

    @admin.display(description=_("compound"))
    def where(self, obj: PersonalRead) -> str:
        return getattr(obj, "compound", None) or obj.schema_name

    @admin.display(description=_("what it was told"))
    def what(self, obj: PersonalRead) -> str:
        return _in_words(obj)


def _readings_inside(request: HttpRequest, rows: QuerySet[PersonalRead]) -> QuerySet[PersonalRead]:
    """Of the compounds of their districts; of one that is gone only a superuser still sees them."""
    if standing(request).everything:
        return rows
    return rows.filter(schema_name__in=compounds_inside(request, level=StaffLevel.READ).values("schema_name"))


def _in_words(row: PersonalRead) -> str:
    return listed(str(_TOLD.get(name, name)) for name in row.told)


def _compounds(schema_names: Iterable[str]) -> dict[str, str]:
    """Their names, by schema."""
    return dict(Compound.objects.filter(schema_name__in=set(schema_names)).values_list("schema_name", "name"))
