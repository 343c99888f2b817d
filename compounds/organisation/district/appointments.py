"""Appointments for a whole community: given once, written in each of its compounds, ended everywhere at once."""

from typing import Any, override

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from compounds.accounts.invitations import open_account
from compounds.jobs import runs
from compounds.jobs.models import RunState
from compounds.organisation import community_posts
from compounds.organisation.district import failures
from compounds.organisation.district.forms import CommunityAppointmentForm, EndForm
from compounds.organisation.district.links import needs_link, shows_link
from compounds.registry.admin.standing import StandingAdmin
from compounds.registry.models import CommunityAppointment, CommunityPost, Compound, StaffLevel
from compounds.registry.office import Office, office_of

_FACTS = ["user", "community", "kind", "starts_on", "ends_on", "office"]


@admin.register(CommunityAppointment)
class CommunityAppointmentAdmin(StandingAdmin):
    lookups = {"district": "community__district", "street": "community__street", "community": "community"}
    list_display = ["user", "kind", "community", "starts_on", "ends_on", "carried"]
    list_filter = ["kind"]
    list_select_related = ["user", "community"]
    search_fields = ["user__display_name", "community__name"]
    form = CommunityAppointmentForm
    add_form_template = "organisation/district/appoint.html"
    change_form_template = "organisation/district/appointment.html"

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return _FACTS if obj else ["community", "kind", "name", "user", "starts_on", "ends_on"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return _FACTS if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What was written stays; a term is ended on a page of its own."""
        return False

    def get_urls(self) -> list[URLPattern]:
        def guarded(view: Any) -> Any:
            return self.admin_site.admin_view(never_cache(csrf_protect(view)))

        end, again = guarded(_End(self).answer), guarded(_Again(self).answer)
        return [
            path("<int:pk>/end/", end, name="registry_communityappointment_end"),
            path("<int:pk>/again/", again, name="registry_communityappointment_again"),
            *super().get_urls(),
        ]

    def may_end(self, request: HttpRequest, appointment: CommunityAppointment) -> bool:
        rows = CommunityAppointment.objects.filter(pk=appointment.pk)
        return bool(self.rows_inside(request, rows, level=StaffLevel.ADMINISTER).exists())

    @override
    def save_model(self, request: HttpRequest, obj: CommunityAppointment, form: ModelForm, change: bool) -> None:
        user = obj.user if obj.user_id else open_account(form.cleaned_data["name"])
        kept = community_posts.appoint(
            user,
            community=obj.community,
            kind=CommunityPost(obj.kind),
            starts_on=obj.starts_on,
            ends_on=obj.ends_on,
            by=_office(request, obj),
        )
        obj.__dict__.update(kept.__dict__)
        obj.user = user

    def response_add(
        self, request: HttpRequest, obj: CommunityAppointment, post_url_continue: str | None = None
    ) -> HttpResponse:
        count = community_posts.runs_of([obj]).count()
        said = _("%(name)s is appointed. The post is being written in %(count)s compounds.") % {
            "name": obj.user,
            "count": count,
        }
        onward = reverse("admin:registry_communityappointment_change", args=[obj.pk])
        if needs_link(request, obj.user):
            context = {
                "opts": self.opts,
                "list_url": reverse("admin:registry_communityappointment_changelist"),
                "onward": (_("How far it is"), onward),
            }
            return shows_link(request, obj.user, by=_office(request, obj), said=said, **context)
        messages.success(request, said)
        return redirect(onward)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        appointment: Any = self.get_object(request, object_id)
        found = _how_far(appointment) if appointment else {}
        if appointment:
            found["may_end"] = self.may_end(request, appointment) and not _over(appointment)
            found["may_retry"] = self.may_end(request, appointment)
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **found})

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """With the progress of the rows of this page, read in one query."""
        changelist = super().get_changelist_instance(request)
        counts = community_posts.progress(changelist.result_list)
        for row in changelist.result_list:
            row.counts = counts.get(community_posts.period(row))
        return changelist

    @admin.display(description=gettext_lazy("written in"))
    def carried(self, obj: CommunityAppointment) -> str:
        return _in_words(getattr(obj, "counts", None))


def _in_words(counts: dict[str, Any] | None) -> str:
    """How far it has been carried; what was done long ago is not counted any more."""
    if not counts:
        return _("all compounds")
    said = _("%(done)s of %(all)s compounds") % counts
    return _("%(said)s, %(failed)s failed") % {"said": said, "failed": counts["failed"]} if counts["failed"] else said


def _how_far(appointment: CommunityAppointment) -> dict[str, Any]:
    """Each compound's state, those first that somebody has to look at."""
    found = list(community_posts.runs_of([appointment]))
    names = dict(
        Compound.objects.filter(schema_name__in=[run.schema_name for run in found]).values_list("schema_name", "name")
    )
    lines = [(names.get(run.schema_name, run.schema_name), run, *failures.in_words(run)) for run in found]
    lines.sort(key=lambda line: (not line[1].error, line[0]))
    counts = community_posts.progress([appointment]).get(community_posts.period(appointment))
    return {
        "lines": lines,
        "counts": counts,
        "said": _in_words(counts),
        "going_on": any(run.state in (RunState.QUEUED, RunState.WORKING) and not run.error for run in found),
        "again": any(run.error and run.state != RunState.DONE for run in found),
    }


def _over(appointment: CommunityAppointment) -> bool:
    return appointment.ends_on is not None and appointment.ends_on < timezone.localdate()


def _office(request: HttpRequest, appointment: CommunityAppointment) -> Office:
    office = office_of(request.user, appointment.community)
    if office is None:
        raise PermissionDenied
    return office


class _End:
    """The page that ends an appointment."""

    def __init__(self, rows: CommunityAppointmentAdmin) -> None:
        self.rows = rows

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        appointment = _of_mine(self.rows, request, pk)
        form = EndForm(request.POST if request.method == "POST" else None, initial={"ends_on": timezone.localdate()})
        if form.is_valid():
            ended = community_posts.end(appointment, on=form.cleaned_data["ends_on"], by=_office(request, appointment))
            self.rows.log_change(request, ended, str(_("Ended the appointment.")))
            messages.success(request, _("The appointment of %(name)s has its last day now.") % {"name": ended.user})
            return redirect("admin:registry_communityappointment_change", pk)
        context = {
            **self.rows.admin_site.each_context(request),
            "title": _("End the appointment"),
            "opts": self.rows.opts,
            "original": appointment,
            "form": form,
            "count": Compound.objects.filter(community=appointment.community_id).ready().count(),
        }
        status = 422 if request.method == "POST" else 200
        return render(request, "organisation/district/appointment_end.html", context, status=status)


class _Again:
    """Another try in the compounds where it failed."""

    def __init__(self, rows: CommunityAppointmentAdmin) -> None:
        self.rows = rows

    @method_decorator(require_POST)
    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        appointment = _of_mine(self.rows, request, pk)
        waiting = community_posts.runs_of([appointment]).exclude(error="")
        waiting.filter(state=RunState.QUEUED).update(next_try_at=timezone.now())
        runs.retry_failed(list(waiting.filter(state=RunState.FAILED).values_list("pk", flat=True)))
        runs.offer(timezone.now())
        messages.success(request, _("It is tried once more."))
        return redirect("admin:registry_communityappointment_change", pk)


def _of_mine(rows: CommunityAppointmentAdmin, request: HttpRequest, pk: int) -> CommunityAppointment:
    mine: QuerySet[CommunityAppointment] = rows.rows_inside(
        request, CommunityAppointment.objects.select_related("user", "community"), level=StaffLevel.ADMINISTER
    )
    return get_object_or_404(mine, pk=pk)
