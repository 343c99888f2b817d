"""The limits that hold in every compound that has set none itself: seen by all staff, set by a district's."""

from datetime import time
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from compounds.kernel.words import sentences
from compounds.registry.admin.standing import StandingAdmin, standing
from compounds.registry.models import StaffLevel
from compounds.workdays import limits
from compounds.workdays.limits import Limit, Unit
from compounds.workdays.models import DistrictLimit


class LimitsForm(forms.Form):
    """All limits on one page; what is left as it comes is not kept as a row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = limits.of_district()
        for limit in limits.known():
            self.fields[limit.key] = _field(limit)
            value = now[limit.key]
            self.initial[limit.key] = limits.clock(value) if limit.unit == Unit.TIME else value

    def grouped(self) -> list[tuple[str, list[Any]]]:
        """The fields under the name of what they are about."""
        groups: dict[str, list[Any]] = {}
        for limit in limits.known():
            groups.setdefault(str(limit.group), []).append(self[limit.key])
        return list(groups.items())

    def values(self) -> dict[str, int]:
        return {
            key: limits.minutes(value) if isinstance(value, time) else value for key, value in self.cleaned_data.items()
        }


def _field(limit: Limit) -> forms.Field:
    usual = _("Usual: %(value)s.") % {"value": limit.said(limit.default)}
    help_text = sentences(limit.help, usual)
    if limit.unit == Unit.TIME:
        widget = forms.TimeInput(format="%H:%M", attrs={"size": 8})
        return forms.TimeField(label=limit.title, help_text=help_text, widget=widget)
    return forms.IntegerField(label=limit.title, help_text=help_text, min_value=limit.lowest, max_value=limit.highest)


@admin.register(DistrictLimit)
class DistrictLimitAdmin(StandingAdmin):
    """One page in the place of Django's list: the limits are known, only their values are set."""

    def rows_inside(self, request: HttpRequest, rows: Any, *, level: StaffLevel) -> Any:
        """One for the whole installation, as the calendar is."""
        return rows if standing(request, level=level).anywhere else rows.none()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return standing(request, level=StaffLevel.ADMINISTER).over_a_district

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        may_set = self.has_change_permission(request)
        form = LimitsForm(request.POST if request.method == "POST" and may_set else None)
        if form.is_valid():
            self._set(request, form)
            messages.success(request, _("Saved. It applies to steps that begin from now on."))
            return HttpResponseRedirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": self.opts.verbose_name_plural,
            "opts": self.opts,
            "form": form,
            "may_set": may_set,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "registry/admin/limits.html", context, status=status)

    @transaction.atomic
    def _set(self, request: HttpRequest, form: LimitsForm) -> None:
        before = limits.of_district()
        for key, value in form.values().items():
            if value != before[key]:
                row, _new = DistrictLimit.objects.update_or_create(key=key, defaults={"value": value})
                self.log_change(request, row, f"{before[key]} → {value}")
