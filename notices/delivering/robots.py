"""Keeping the robots of WeCom groups right. Each change is written down, a robot's address never is: it is a secret."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from compounds.organisation import audit
from compounds.organisation.models import Building, Person
from notices.delivering import queue
from notices.models import ChannelName, Outlet


class RobotTaken(DomainError):
    """Two robots cannot have the same name."""

    code = "robot_taken"
    title = _("This group is there already")
    message = _("Another robot, perhaps one no longer used, has that name; nothing has been changed.")


class RobotNotUsed(DomainError):
    """A robot that is not in use says nothing, not even a test."""

    code = "robot_not_used"
    title = _("This robot is not in use")
    message = _("“%(name)s” says nothing while it is not in use.")
    hint = _("Take it into use again first.")


@transaction.atomic
def add(*, name: str, building: Building | None, webhook: str, by: Person) -> Outlet:
    """One more group that postings go to, from now on. Raises RobotTaken."""
    robot = Outlet(channel=ChannelName.ROBOT, name=name, building=building, webhook=webhook)
    _named(robot.save)
    audit.record("robot.add", about=robot, by=by, **_facts(robot))
    return robot


@transaction.atomic
def change(robot: Outlet, *, name: str, building: Building | None, webhook: str, by: Person) -> Outlet:
    """An empty ``webhook`` leaves the address as it is; a new one is used at once. Raises RobotTaken."""
    robot = Outlet.objects.robots().select_for_update(of=("self",)).get(pk=robot.pk)
    before = (robot.name, robot.building_id, robot.webhook)
    robot.name, robot.building = name, building
    fields = ["name", "building", "updated_at"]
    if webhook and webhook != robot.webhook:
        robot.webhook, robot.active = webhook, True
        robot.resting_until, robot.failures_in_row, robot.last_error = None, 0, ""
        fields += ["webhook", "active", "resting_until", "failures_in_row", "last_error"]
    if before == (robot.name, robot.building_id, robot.webhook):
        return robot
    _named(lambda: robot.save(update_fields=fields))
    changed = {"before": before[0], "after": name} if before[0] != name else {}
    # That there is a new address, never which.
    renewed = {"new_address": True} if before[2] != robot.webhook else {}
    audit.record("robot.change", about=robot, by=by, **changed, **_facts(robot), **renewed)
    return robot


@transaction.atomic
def retire(robot: Outlet, *, by: Person) -> None:
    """It says nothing any more; what still waited for it is not sent."""
    if Outlet.objects.robots().in_use().filter(pk=robot.pk).update(active=False):
        audit.record("robot.retire", about=robot, by=by)
        queue.wake()


@transaction.atomic
def take_up(robot: Outlet, *, by: Person) -> None:
    """It speaks again, of what is posted from now on."""
    again = {"active": True, "resting_until": None, "failures_in_row": 0, "last_error": ""}
    if Outlet.objects.robots().filter(pk=robot.pk, active=False).update(**again):
        audit.record("robot.take_up", about=robot, by=by)


@transaction.atomic
def test(robot: Outlet, *, by: Person) -> None:
    """Have it say one sentence; how that went is seen on its page. Raises RobotNotUsed."""
    if not robot.active:
        raise RobotNotUsed(name=robot, actions=[(_("Robots of groups"), reverse_lazy("settings_robots"))])
    # Who asks for a test wants to know now.
    Outlet.objects.filter(pk=robot.pk).update(resting_until=None)
    queue.of_test(robot)
    audit.record("robot.test", about=robot, by=by)


def _facts(robot: Outlet) -> dict[str, str]:
    return {"robot_of": str(robot.building)} if robot.building else {}


def _named(write: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        see = (_("Robots of groups"), reverse_lazy("settings_robots"))
        raise RobotTaken(actions=[see]) from error
