"""Keeping the places right at which a compound puts things up. Each change is written down; old postings stay."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from compounds.organisation import audit
from compounds.organisation.models import Person
from notices.models import PlaceKind, Spot


class SpotTaken(DomainError):
    """Two places for postings cannot have the same name."""

    code = "spot_taken"
    title = _("This place is there already")
    message = _("Another place for postings, perhaps a retired one, has that name; nothing has been changed.")
    hint = _("Go back and choose another name, or take the retired one up again.")


class LastSpot(DomainError):
    """Besides the entrances, at least one place for postings stays in use."""

    code = "last_spot"
    title = _("One place must stay")
    message = _("“%(name)s” is the only place besides the entrances; nothing has been changed.")
    hint = _("First add the place that takes over.")


@transaction.atomic
def add(*, kind: PlaceKind, name: str, by: Person) -> Spot:
    """One more place, for the postings from now on. Raises SpotTaken."""
    spot = _named(lambda: Spot.objects.create(kind=kind, name=name))
    audit.record("spot.add", about=spot, by=by, spot=kind)
    return spot


@transaction.atomic
def rename(spot: Spot, *, name: str, by: Person) -> Spot:
    """Postings that hang keep the name they were put up under. Raises SpotTaken."""
    spot = Spot.objects.select_for_update().get(pk=spot.pk)
    before, spot.name = spot.name, name
    if before != name:
        _named(lambda: spot.save(update_fields=["name", "updated_at"]))
        audit.record("spot.rename", about=name, by=by, before=before, after=name)
    return spot


@transaction.atomic
def retire(spot: Spot, *, by: Person) -> Spot:
    """New postings no longer list it. Raises LastSpot."""
    # All of them, so that of the last two retired at once one stays.
    others = {one.pk: one for one in Spot.objects.select_for_update().order_by("pk")}
    spot = others.pop(spot.pk)
    if not spot.active:
        return spot
    if not any(one.active for one in others.values()):
        raise LastSpot(name=spot.name, actions=[(_("Places for postings"), reverse_lazy("settings_spots"))])
    spot.active = False
    spot.save(update_fields=["active", "updated_at"])
    audit.record("spot.retire", about=spot, by=by)
    return spot


@transaction.atomic
def take_up(spot: Spot, *, by: Person) -> Spot:
    """In use again, for the postings from now on."""
    spot = Spot.objects.select_for_update().get(pk=spot.pk)
    if not spot.active:
        spot.active = True
        spot.save(update_fields=["active", "updated_at"])
        audit.record("spot.take_up", about=spot, by=by)
    return spot


def _named[Result](write: Callable[[], Result]) -> Result:
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        see = (_("Places for postings"), reverse_lazy("settings_spots"))
        raise SpotTaken(actions=[see]) from error
