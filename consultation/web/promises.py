"""The promise ledger: kept, late and open per body, each figure traced to its rows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from compounds.kernel.pagination import keyset_page
from consultation import promises
from consultation.models import ResponsibleBody


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    lines = promises.ledger(request.person, timezone.localdate())
    totals = {name: sum(getattr(line, name) for line in lines) for name in ("kept", "late", "open", "all", "nudged")}
    return render(request, "consultation/promises.html", {"nav": "issues", "lines": lines, "totals": totals})


@require_safe
def body_promises(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows behind one body's figures."""
    body = get_object_or_404(ResponsibleBody, pk=pk)
    today = timezone.localdate()
    asked = request.GET.get("show", "")
    show = asked if asked in {promises.KEPT, promises.LATE, promises.OPEN} else ""
    tasks = promises.promised(request.person).filter(body=body)
    counts = {name: tasks.filter(promises.condition(name, today)).count() for name in ("kept", "late", "open")}
    if show:
        tasks = tasks.filter(promises.condition(show, today))
    tasks = tasks.select_related("body", "issue__building__unit", "issue__entrance__building__unit")
    page = keyset_page(request, tasks, by="updated_at")
    rows = [(task, (task.due_on - today).days) for task in page.rows]
    context = {"nav": "issues", "body": body, "show": show, "counts": counts, "all": sum(counts.values())}
    context |= {"page": page, "rows": rows}
    return render(request, "consultation/promises_of_body.html", context)


urlpatterns = [
    path("promises/", ledger, name="promises"),
    path("promises/<int:pk>/", body_promises, name="body_promises"),
]
