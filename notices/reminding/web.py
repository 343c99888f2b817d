"""What somebody is reminded of, read in the app; and the quiet hours of the compound."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.kernel.pagination import keyset_page
from compounds.organisation import audit
from compounds.organisation.models import OrganisationSettings, Person
from compounds.organisation.models.settings import forget_settings
from compounds.organisation.policies import may
from compounds.organisation.upkeep import settings
from compounds.organisation.upkeep.web.answers import form_page, posted
from notices import policies, reminders
from notices.forms import QuietForm
from notices.models import Reminder


@dataclass(frozen=True)
class Line:
    """One reminder as it is shown: its words in the reader's language."""

    row: Reminder
    title: str
    words: str


def lines(rows: Iterable[Reminder]) -> list[Line]:
    """The words of these reminders. No query for each."""
    return [Line(row, reminders.title(row), reminders.words(row)) for row in rows]


@require_safe
@may(policies.READ)
def reminder_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    mine = Reminder.objects.filter(person=request.person).out(now)
    page = keyset_page(request, mine, by="out_at")
    context = {"nav": "my_day", "page": page, "lines": lines(page.rows), "unread": mine.unread().count()}
    return render(request, "notices/reminders.html", context)


@require_POST
@may(policies.READ)
def reminder_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Read, and on to where something can be done. A POST: links that WeChat fetches ahead mark nothing as read."""
    row = get_object_or_404(Reminder, pk=pk, person=request.person)
    _mark_read(Reminder.objects.filter(pk=row.pk))
    return redirect(reminders.url(row))


@require_POST
@may(policies.READ)
def reminders_read(request: HttpRequest) -> HttpResponse:
    """All that is out by now."""
    count = _mark_read(Reminder.objects.filter(person=request.person).out(timezone.now()))
    if count:
        messages.success(request, _("All read."))
    return redirect("reminders")


def _mark_read(rows: Any) -> int:
    count: int = rows.unread().update(read_at=timezone.now())
    return count


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.QUIET)
def quiet_hours(request: HttpRequest) -> HttpResponse:
    row = OrganisationSettings.objects.first() or OrganisationSettings()
    form = QuietForm(posted(request), instance=row)
    if form.is_valid():
        _set_quiet_hours(form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect("settings")
    return form_page(
        request,
        form,
        title=_("When is it quiet?"),
        text=_(
            "Nobody is reminded of anything in these hours. What is due then is told together at their end. "
            "An empty field takes the district's value; the same time twice means never."
        ),
        back=(reverse("settings"), _("Settings")),
    )


@transaction.atomic
def _set_quiet_hours(values: dict[str, Any], *, by: Person) -> None:
    """What was told before keeps its hour. Each change is written down."""
    row = settings.locked()
    before = {name: getattr(row, name) for name in values}
    if before == values:
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, "updated_at"])
    forget_settings()
    said = [" – ".join(f"{times[name]:%H:%M}" if times[name] else "·" for name in values) for times in (before, values)]
    audit.record("settings.quiet_hours", about=said[1], by=by, before=said[0], after=said[1])
    reminders.look_again()


urlpatterns = [
    path("reminders/", reminder_list, name="reminders"),
    path("reminders/read/", reminders_read, name="reminders_read"),
    path("reminders/<int:pk>/", reminder_open, name="reminder_open"),
    path("settings/quiet-hours/", quiet_hours, name="settings_quiet_hours"),
]
