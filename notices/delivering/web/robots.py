"""The robots of WeCom groups: a list that says how each goes, a new one, a change, a test, out of use and back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.organisation.policies import may
from compounds.organisation.upkeep.web.answers import form_page, posted
from notices.delivering import reasons, robots
from notices.delivering.forms import RobotForm
from notices.models import Outlet
from notices.policies import ROBOTS

_FORM = ["GET", "HEAD", "POST"]


@require_safe
@may(ROBOTS)
def settings_robots(request: HttpRequest) -> HttpResponse:
    rows = list(Outlet.objects.robots().select_related("building__unit"))
    context = {
        "nav": "tree",
        "in_use": [(robot, reasons.words(robot.last_error)) for robot in rows if robot.active],
        "retired": [(robot, reasons.words(robot.last_error)) for robot in rows if not robot.active],
    }
    return render(request, "notices/robots.html", context)


@require_http_methods(_FORM)
@may(ROBOTS)
def robot_new(request: HttpRequest) -> HttpResponse:
    form = RobotForm(posted(request))
    if form.is_valid():
        robot = robots.add(**form.answers(), by=request.person)
        messages.success(
            request, _("Postings go to %(name)s from now on. Send a test message to see it.") % {"name": robot}
        )
        return redirect("settings_robots")
    text = _("Only WeCom groups have robots; for ordinary WeChat groups, copy the text by hand.")
    return form_page(request, form, title=_("A robot for one more group"), text=text, back=_back())


@require_http_methods(_FORM)
@may(ROBOTS)
def robot_edit(request: HttpRequest, pk: int) -> HttpResponse:
    robot = _robot(pk)
    form = RobotForm(posted(request), robot=robot, initial={"name": robot.name, "building": robot.building_id})
    if form.is_valid():
        robots.change(robot, **form.answers(), by=request.person)
        messages.success(request, _("Saved."))
        return redirect("settings_robots")
    return form_page(request, form, title=_("Robot of %(name)s") % {"name": robot}, back=_back())


@require_POST
@may(ROBOTS)
def robot_test(request: HttpRequest, pk: int) -> HttpResponse:
    robot = _robot(pk)
    robots.test(robot, by=request.person)
    messages.success(request, _("A test message is on its way to %(name)s; look again in a moment.") % {"name": robot})
    return redirect("settings_robots")


@require_POST
@may(ROBOTS)
def robot_retire(request: HttpRequest, pk: int) -> HttpResponse:
    robot = _robot(pk)
    robots.retire(robot, by=request.person)
    messages.success(request, _("Nothing more goes to %(name)s.") % {"name": robot})
    return redirect("settings_robots")


@require_POST
@may(ROBOTS)
def robot_take_up(request: HttpRequest, pk: int) -> HttpResponse:
    robot = _robot(pk)
    robots.take_up(robot, by=request.person)
    messages.success(request, _("Postings go to %(name)s again.") % {"name": robot})
    return redirect("settings_robots")


def _robot(pk: int) -> Outlet:
    return get_object_or_404(Outlet.objects.robots(), pk=pk)


def _back() -> tuple[str, str]:
    return reverse("settings_robots"), _("Robots of WeCom groups")


urlpatterns = [
    path("settings/robots/", settings_robots, name="settings_robots"),
    path("settings/robots/new/", robot_new, name="robot_new"),
    path("settings/robots/<int:pk>/", robot_edit, name="robot_edit"),
    path("settings/robots/<int:pk>/test/", robot_test, name="robot_test"),
    path("settings/robots/<int:pk>/retirement/", robot_retire, name="robot_retire"),
    path("settings/robots/<int:pk>/taking-up/", robot_take_up, name="robot_take_up"),
]
