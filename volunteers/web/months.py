"""The activity calendar: a month, the year's twelve months at a glance, and lists by programme and kind."""

import re
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from compounds.kernel.pagination import keyset_page
from compounds.organisation.policies import allows
from volunteers.models import Activity, ActivityKind, ActivityState, Programme
from volunteers.policies import ACTIVITY_PLAN
from volunteers.selectors import activities, months

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """One month, this one unless the address names another: a list of days on a phone, a grid on wide screens."""
    today = timezone.localdate()
    first = asked_month(request, today)
    days = activities.month(Activity.objects.all(), first)
    context = {
        **month_context(days, first, today),
        "nav": "tree",
        "may_plan": allows(ACTIVITY_PLAN, request.person),
        "to_sum_up": _to_sum_up(request) if first == today.replace(day=1) else [],
    }
    return render(request, "volunteers/activities.html", context)


@require_safe
def year(request: HttpRequest, number: int) -> HttpResponse:
    """Something every month: the twelve of one year, and what each programme came to since it began."""
    if not 2000 <= number <= 2100:
        raise Http404
    today = timezone.localdate()
    rows = months.of_year(number, today)
    begun = months.begun(rows)
    taking_place = Count("activities", filter=~Q(activities__state=ActivityState.CANCELLED))
    context = {
        "nav": "tree",
        "year": number,
        "months": rows,
        "begun": len(begun),
        "missing": [month for month in begun if month.missing],
        "years": months.years(today),
        "together": activities.together(Activity.objects.on_days(date(number, 1, 1), date(number, 12, 31))),
        "programmes": Programme.objects.annotate(count=taking_place),
        "since": Activity.objects.taking_place().count(),
        "may_plan": allows(ACTIVITY_PLAN, request.person),
    }
    return render(request, "volunteers/months.html", context)


@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    """All there are, newest first; of one kind or programme if the address says so."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in ActivityKind.values else ""
    rows = Activity.objects.filter(kind=kind) if kind else Activity.objects.all()
    there = set(Activity.objects.order_by().values_list("kind", flat=True).distinct())
    context = {
        "nav": "tree",
        "kind": kind,
        "kinds": [choice for choice in ActivityKind.choices if choice[0] in there],
        "page": keyset_page(request, activities.with_where(rows), by="starts_at", size=20),
        "together": activities.together(rows),
    }
    return render(request, "volunteers/activity_list.html", context)


@require_safe
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Programme.objects.select_related("partner"), pk=pk)
    rows = Activity.objects.filter(programme=found)
    context = {
        "nav": "tree",
        "programme": found,
        "page": keyset_page(request, activities.with_where(rows), by="starts_at", size=20),
        "together": activities.together(rows),
    }
    return render(request, "volunteers/programme.html", context)


def asked_month(request: HttpRequest, today: date) -> date:
    """The first day of the month that the address names, else of this one."""
    found = _MONTH.fullmatch(request.GET.get("month", ""))
    if found and 2000 <= int(found[1]) <= 2100 and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), 1)
    return today.replace(day=1)


def month_context(days: list[activities.Day], first: date, today: date) -> dict[str, Any]:
    """What the calendar's template reads."""
    rows = [row for day in days for row in day.rows]
    return {
        "today": today,
        "first": first,
        "days": days,
        "rows": rows,
        "taking_place": sum(not row.is_cancelled for row in rows),
        "before": months.month_before(first),
        "after": months.next_month(first),
        "this_month": first == today.replace(day=1),
        "weekdays": [date(2024, 1, number) for number in range(1, 8)],
    }


def _to_sum_up(request: HttpRequest) -> list[Activity]:
    """What is over and says nothing yet of how it was, for those who plan."""
    if not allows(ACTIVITY_PLAN, request.person):
        return []
    return list(activities.with_where(Activity.objects.over(timezone.now())).order_by("-starts_at")[:3])


urlpatterns = [
    path("activities/", calendar, name="activities"),
    path("activities/all/", activity_list, name="activity_list"),
    path("activities/years/<int:number>/", year, name="activity_months"),
    path("programmes/<int:pk>/", programme, name="programme"),
]
