"""Partner systems in the district's admin: opened, granted, given a new secret, switched off by who administers it."""

from typing import Any, override

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Field, Model, QuerySet
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

from compounds.partners import clients
from compounds.partners.forms import ClientForm, GrantForm, SecretForm
from compounds.partners.hooks import admin as webhooks
from compounds.partners.models import Client, Grant, Secret
from compounds.partners.standing import PartnerAdmin, stands
from compounds.registry.admin.standing import StandingAdmin
from compounds.registry.models import StaffLevel
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


class GrantInline(admin.StackedInline):
    model = Grant
    form = GrantForm
    verbose_name_plural = _("where it may work")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Grant]:
        return super().get_queryset(request).select_related("district", "community", "compound")

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

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return stands(request, StaffLevel.ADMINISTER)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return stands(request, StaffLevel.ADMINISTER)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return stands(request, StaffLevel.ADMINISTER)


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

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return stands(request, StaffLevel.ADMINISTER)

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
