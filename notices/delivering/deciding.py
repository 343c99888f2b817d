"""What only a person can decide: a delivery that may have arrived, and one that was not sent. Each is written down."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from compounds.organisation import audit
from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from notices.delivering import queue
from notices.models import Delivery, DeliveryKind, DeliveryState


class NothingToDecide(DomainError):
    """It is on its way, was sent, or somebody else has decided."""

    code = "delivery_not_open"
    title = _("There is nothing to decide here")
    message = _("It is on its way or was sent, or somebody else has decided a moment ago. Nothing was changed.")

    def __init__(self) -> None:
        super().__init__(actions=[(_("What was sent"), reverse_lazy("deliveries"))])


class OutletNotUsed(DomainError):
    """What goes nowhere is not sent again."""

    code = "outlet_not_used"
    title = _("This way is no longer used")
    message = _("“%(name)s” is not in use, so nothing was sent again.")
    hint = _("First mend the robot and use it again.")


@transaction.atomic
def send_again(delivery: Delivery, *, now: datetime, by: Person) -> None:
    """Into the queue once more, with all its time. Raises NothingToDecide, OutletNotUsed."""
    row = _open(delivery, now)
    if not row.outlet.active:
        raise OutletNotUsed(name=row.outlet, actions=[(_("Robots of groups"), reverse_lazy("settings_robots"))])
    row.state, row.leased_until, row.finished_at, row.error = DeliveryState.QUEUED, None, None, ""
    row.attempts, row.next_try_at, row.give_up_at, row.joined_to = 0, now, now + queue.GIVE_UP_AFTER, None
    row.decided_by = by
    row.save()
    # Whoever asks by hand does not wait until the outlet has rested.
    type(row.outlet).objects.filter(pk=row.outlet_id).update(resting_until=None)
    audit.record("delivery.send_again", about=row.outlet, by=by, delivery=row.kind)
    queue.wake()
    touch("deliveries")


@transaction.atomic
def it_arrived(delivery: Delivery, *, now: datetime, by: Person) -> None:
    """Somebody looked in the group or asked: it is there. Of what surely was not sent nobody can say so.

    Raises NothingToDecide.
    """
    row = _open(delivery, now)
    if not row.is_stuck(now):
        raise NothingToDecide
    row.state, row.leased_until, row.finished_at = DeliveryState.SENT, None, now
    row.decided_by = by
    row.save()
    audit.record("delivery.it_arrived", about=row.outlet, by=by, delivery=row.kind)
    touch("deliveries")


def _open(delivery: Delivery, now: datetime) -> Delivery:
    row = Delivery.objects.select_for_update(of=("self",)).select_related("outlet__person").get(pk=delivery.pk)
    if row.kind == DeliveryKind.CODE or not (row.state == DeliveryState.FAILED or row.is_stuck(now)):
        raise NothingToDecide
    return row
