"""My day: what waits for me, in a sentence first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from compounds.kernel.pagination import part_of
from compounds.organisation.policies import allows
from consultation import doors as door_list
from consultation import my_day
from consultation.web.sign import sign_with_counts
from notices.models import Reminder
from notices.publishing.day import emergencies_for
from notices.reminding.web import lines
from volunteers.selectors import activities


@require_safe
def day(request: HttpRequest) -> HttpResponse:
    if request.person is None:
        # Staff of the district have no day here; they read.
        return redirect("issues")
    now = timezone.localtime()
    today = now.date()
    waiting = my_day.waiting_for(request.person, today)
    counts = my_day.open_by_step(request.person)
    rows = [(row, row.days_left(today)) for row in waiting]
    context = {
        "nav": "my_day",
        "now": now,
        "hour": now.hour,
        "rows": rows,
        "page": part_of(request, rows, size=20),
        "late": sum(row.is_late(now) for row in waiting),
        "steps": sign_with_counts(counts, reverse("issues")),
        "open_count": sum(counts.values()),
        "walks": door_list.walks(request.person, today) if allows("visit.record", request.person) else [],
        "unsorted": my_day.unsorted(request.person),
        "reminders": lines(Reminder.objects.filter(person=request.person).out(now).unread()[:5]),
        "emergencies": emergencies_for(request.person, today),
        "meeting": my_day.next_meeting(today),
        "activity": activities.next_for(request.person, now),
    }
    return render(request, "consultation/my_day.html", context)


urlpatterns = [path("", day, name="my_day")]
