"""Webhooks in the district's admin: made, given a new secret, told again; and the log of what was sent."""

from typing import Any, override

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, QuerySet
from django.forms import Field as FormField
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from compounds.partners import events
from compounds.partners.hooks import attention, subscribing
from compounds.partners.models import EventType, Grant, HookDelivery, Subscription
from compounds.partners.standing import PartnerAdmin, compounds_inside, stands, webhooks_inside
from compounds.registry.admin.standing import ReadOnlyAdmin
from compounds.registry.models import StaffLevel
from compounds.registry.office import OnlyReads


class SubscriptionForm(forms.ModelForm):
    types = forms.MultipleChoiceField(
        label=_("Told of"), choices=EventType.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Subscription
        fields = ["client", "compound", "types", "url", "active"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        client, compound = said.get("client") or getattr(self.instance, "client", None), said.get("compound")
        if client and compound and not Grant.objects.filter(client=client).over(compound).exists():
            raise ValidationError({"compound": _("The partner system has no grant there.")})
        return said


class ReplayForm(forms.Form):
    """From when on it is told again; the last 30 days are kept."""

    since = forms.SplitDateTimeField(
        label=_("From"),
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date"}, time_attrs={"type": "time"}, date_format="%Y-%m-%d", time_format="%H:%M"
        ),
    )


@admin.register(Subscription)
class SubscriptionAdmin(PartnerAdmin):
    form = SubscriptionForm
    # What somebody must see to stands where a phone shows it.
    list_display = ["client", "how_it_is", "url"]
    list_filter = ["active"]
    list_select_related = ["client"]
    search_fields = ["client__name", "url"]
    ordering = ["client__name", "pk"]
    actions = None
    change_form_template = "partners/admin/webhook.html"

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscription]:
        return attention.with_given_up(super().get_queryset(request), now=timezone.now())

    def rows_inside(
        self, request: HttpRequest, rows: QuerySet[Subscription], *, level: StaffLevel
    ) -> QuerySet[Subscription]:
        return webhooks_inside(request, rows, level=level)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["client", "compound", "types", "url", *(["active", "how_it_is", "seen_at"] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["client", "how_it_is", "seen_at"] if obj else []

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Partner and place are chosen here, and neither made nor changed.
            wrapper = field.widget
            wrapper.can_add_related = wrapper.can_change_related = wrapper.can_view_related = False
        return field

    @admin.display(description=_("how it is"))
    def how_it_is(self, obj: Subscription) -> str:
        return attention.in_words(obj)

    @override
    def save_model(self, request: HttpRequest, obj: Subscription, form: ModelForm, change: bool) -> None:
        if not change:
            subscribing.prepare(obj, now=timezone.now())
        elif obj.active and "active" in form.changed_data:
            subscribing.start_again(obj)
        elif not obj.active:
            # Saved so, it was seen, and is meant to be off.
            obj.disabled_at = None
        super().save_model(request, obj, form, change)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if context.get("original"):
            context["how_it_is"] = attention.in_words(context["original"])
        context["replay"] = ReplayForm(initial={"since": timezone.localtime() - events.KEPT})
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        secret, replay = (self.admin_site.admin_view(view) for view in (self.make_secret, self.replay))
        return [
            path("<int:pk>/secret/", secret, name="partners_subscription_secret"),
            path("<int:pk>/replay/", replay, name="partners_subscription_replay"),
            *super().get_urls(),
        ]

    @method_decorator([never_cache, csrf_protect])
    def make_secret(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a new secret, this once; the earlier one still signs for a day."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row = self._to_change(request, pk)
        secret = subscribing.rotate(row, now=timezone.now())
        self.log_change(request, row, str(_("Made a new secret.")))
        context = {
            **self.admin_site.each_context(request),
            "title": _("New secret"),
            "opts": self.opts,
            "original": row,
            "secret": secret,
        }
        return TemplateResponse(request, "partners/admin/webhook_secret.html", context)

    @method_decorator(csrf_protect)
    def replay(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Tell it again from a moment on."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row = self._to_change(request, pk)
        form = ReplayForm(request.POST)
        if form.is_valid():
            subscribing.replay(row, since=min(form.cleaned_data["since"], timezone.now()))
            self.log_change(request, row, str(_("Has it told again.")))
            self.message_user(request, _("It is told again from then on, with the same ids."))
        else:
            self.message_user(request, _("Say a day and a time."), "error")
        return HttpResponseRedirect(reverse("admin:partners_subscription_change", args=[row.pk]))

    def _to_change(self, request: HttpRequest, pk: int) -> Subscription:
        row: Subscription = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, row):
            raise OnlyReads
        return row


@admin.register(HookDelivery)
class HookDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["message", "state", "answer", "attempts", "tried_at", "subscription"]
    list_filter = ["state", "event__type"]
    narrowed_by = ("subscription",)
    list_select_related = ["event", "subscription__client"]
    ordering = ["-pk"]
    actions = None
    show_full_result_count = False
    fields = ["subscription", "message", "state", "attempts", "answer", "tried_at", "next_try_at"]

    def rows_inside(
        self, request: HttpRequest, rows: QuerySet[HookDelivery], *, level: StaffLevel
    ) -> QuerySet[HookDelivery]:
        mine = webhooks_inside(request, Subscription.objects.all(), level=level)
        here = compounds_inside(request, level=level)
        return rows.filter(subscription__in=mine, event__schema_name__in=here.values("schema_name"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return stands(request, StaffLevel.READ)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return stands(request, StaffLevel.READ)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "subscription__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("event"))
    def message(self, obj: HookDelivery) -> str:
        return f"{obj.event.message_id} {obj.event}"
