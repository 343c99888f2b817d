"""The district's page of background work: what waits, what is done, what failed and why, and another try for it."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from compounds.jobs import kinds, runs
from compounds.jobs.models import Run, RunState
from compounds.registry.admin.standing import ReadOnlyAdmin, standing
from compounds.registry.models import Compound, StaffLevel
from compounds.registry.office import OnlyReads

_BELOW = {"district": "community__district", "street": "community__street", "community": "community"}
# Kinds and periods in the table of counts, the latest first.
_MOST_COUNTED = 20


class KindFilter(admin.SimpleListFilter):
    title = _("work")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return sorted(kinds.titles().items(), key=lambda known: known[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Run]) -> QuerySet[Run]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ["work", "period", "compound", "how_it_stands", "what_went_wrong", "latest"]
    list_display_links = ["work", "period"]
    list_filter = ["state", KindFilter]
    narrowed_by = ("period",)
    search_fields = ["period", "schema_name", "compound_name"]
    ordering = ["-pk"]
    actions = ["try_again"]
    change_list_template = "jobs/admin/runs.html"
    fields = [
        *("work", "period", "compound", "state", "attempts", "error"),
        *("created_at", "started_at", "leased_until", "next_try_at", "finished_at"),
    ]

    class Media:
        css = {"all": ["jobs/runs.css"]}

    def rows_inside(self, request: HttpRequest, rows: QuerySet[Run], *, level: StaffLevel) -> QuerySet[Run]:
        """Runs of the compounds inside. One of a compound that is nowhere is seen by those who see everything."""
        stands = standing(request, level=level)
        if stands.everything:
            return rows
        return rows.filter(schema_name__in=Compound.objects.filter(stands.inside(_BELOW)).values("schema_name"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Run]:
        names = Compound.objects.filter(schema_name=OuterRef("schema_name")).values("name")
        mine = self.rows_inside(request, Run.objects.filter(pk=OuterRef("pk")), level=StaffLevel.ADMINISTER)
        return super().get_queryset(request).annotate(compound_name=Subquery(names), mine=Exists(mine))

    @admin.display(description=_("work"), ordering="kind")
    def work(self, run: Run) -> str:
        return kinds.title(run.kind)

    @admin.display(description=_("compound"), ordering="compound_name")
    def compound(self, run: Any) -> str:
        return run.compound_name or run.schema_name

    @admin.display(description=_("state"), ordering="state")
    def how_it_stands(self, run: Run) -> str:
        trying = run.state == RunState.QUEUED and run.attempts
        return str(_("failed, will be tried again")) if trying else run.get_state_display()

    @admin.display(description=_("since"), ordering="pk")
    def latest(self, run: Run) -> str:
        """When it came into the state that it is in, as short as a column is."""
        moment = run.finished_at or run.started_at or run.created_at
        return f"{timezone.localtime(moment):%m-%d %H:%M}"

    @admin.display(description=_("error"))
    def what_went_wrong(self, run: Any) -> SafeString | str:
        """With a button for whoever administers that compound. It belongs to a form of its own, above the table."""
        if run.state != RunState.FAILED or not run.mine:
            return run.error
        label, address = _("Try again"), reverse("admin:jobs_run_again", args=[run.pk])
        again = format_html('<button class="button" form="again" formaction="{}">{}</button>', address, label)
        return format_html("{}<br>{}", run.error, again)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        counted = self._counted(request)
        return super().changelist_view(
            request, {"title": _("Background work"), "counted": counted} | (extra_context or {})
        )

    def _counted(self, request: HttpRequest) -> list[dict[str, Any]]:
        """How many runs are in which state, for the latest kinds and periods."""
        inside = self.rows_inside(request, Run.objects.all(), level=StaffLevel.READ)
        states = {str(state): Count("pk", filter=Q(state=state)) for state in RunState}
        counted: Any = inside.values("kind", "period").annotate(**states, latest=Max("created_at"))
        return [
            {
                "title": kinds.title(row["kind"]),
                "period": row["period"],
                "query": {"kind": row["kind"], "period": row["period"]},
                "counts": [(state, row[state]) for state in RunState.values],
            }
            for row in counted.order_by("-latest", "kind")[:_MOST_COUNTED]
        ]

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(self.again)
        return [path("<int:pk>/again/", again, name="jobs_run_again"), *super().get_urls()]

    @method_decorator([never_cache, csrf_protect])
    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Offer one failed run again."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        run = get_object_or_404(self.get_queryset(request), pk=pk)
        if not run.mine:
            raise OnlyReads
        self._offer(request, [run])
        filters = QueryDict(request.POST.get("filters", "")).urlencode()
        return HttpResponseRedirect(f"{reverse('admin:jobs_run_changelist')}?{filters}")

    def has_try_permission(self, request: HttpRequest) -> bool:
        return standing(request, level=StaffLevel.ADMINISTER).anywhere

    @admin.action(description=_("Try the chosen runs again"), permissions=["try"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._offer(request, list(queryset.filter(mine=True, state=RunState.FAILED)))

    def _offer(self, request: HttpRequest, chosen: list[Run]) -> None:
        for run in chosen:
            self.log_change(request, run, str(_("Offered again after a failure.")))
        count = runs.retry_failed([run.pk for run in chosen])
        text = ngettext("%(count)s run will be tried again.", "%(count)s runs will be tried again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.WARNING)
