"""Calendars to subscribe to: how, the compound's own, and one's own by a signed address that can be given up."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_POST, require_safe

from compounds.organisation.door import open_to_all
from compounds.organisation.policies import may
from compounds.registry.context import current_schema
from volunteers import calendars
from volunteers.models import Activity, Volunteer
from volunteers.policies import SIGN_UP
from volunteers.selectors import activities
from volunteers.services import own_calendars


@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """The addresses, and how a phone takes one."""
    own = Volunteer.objects.active().filter(person=request.person).first() if request.person else None
    token = own_calendars.token_of(own) if own else ""
    compound_url = request.build_absolute_uri(reverse("board_calendar"))
    own_url = request.build_absolute_uri(reverse("own_calendar", args=[token])) if token else ""
    context = {
        "nav": "tree",
        "compound_url": compound_url,
        "compound_webcal": calendars.webcal(compound_url),
        "volunteer": own,
        "own_url": own_url,
        "own_webcal": calendars.webcal(own_url),
    }
    return render(request, "volunteers/subscribe.html", context)


@require_POST
@may(SIGN_UP)
def own_calendar_renew(request: HttpRequest) -> HttpResponse:
    own_calendars.renew(get_object_or_404(Volunteer.objects.active(), person=request.person))
    messages.success(request, _("This is your address now. Keep it to yourself."))
    return redirect("subscribe")


@require_POST
@may(SIGN_UP)
def own_calendar_give_up(request: HttpRequest) -> HttpResponse:
    own_calendars.give_up(get_object_or_404(Volunteer.objects.active(), person=request.person))
    messages.success(request, _("Given up. Phones that had it no longer read anything."))
    return redirect("subscribe")


@open_to_all
@require_safe
@conditional_page
def board_calendar(request: HttpRequest) -> HttpResponse:
    """The compound's public activities, for any phone."""
    return _calendar(request, request.compound.name, Activity.objects.in_public(), address="board_activity")


@open_to_all
@require_safe
@conditional_page
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's own; the address is the right to read it. Their name is not in it."""
    volunteer = own_calendars.whose(token)
    if volunteer is None:
        raise Http404
    rows = activities.of_person(volunteer)
    with override("zh-hans"):
        name = _("My activities · %(compound)s") % {"compound": request.compound.name}
    return _calendar(request, name, rows, address="activity")


def _calendar(request: HttpRequest, name: str, rows: QuerySet[Activity], *, address: str) -> HttpResponse:
    body = calendars.calendar(
        name,
        activities.for_calendar(rows, timezone.now(), calendars.BACK, calendars.MOST),
        compound=current_schema(),
        url_of=lambda row: request.build_absolute_uri(reverse(address, args=[row.pk])),
    )
    response = HttpResponse(body, content_type=calendars.CONTENT_TYPE)
    response["Content-Disposition"] = 'inline; filename="linjuli.ics"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(response, private=True, max_age=900)
    return response


urlpatterns = [
    path("activities/subscribe/", subscribe, name="subscribe"),
    path("activities/subscribe/own/", own_calendar_renew, name="own_calendar_renew"),
    path("activities/subscribe/own/end/", own_calendar_give_up, name="own_calendar_give_up"),
    path("board/activities.ics", board_calendar, name="board_calendar"),
    path("board/calendars/<str:token>.ics", own_calendar, name="own_calendar"),
]
