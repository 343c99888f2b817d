"""Archiving a compound: its pages answer 404 and no work is done there, while its data stays. And taking that back."""

from collections.abc import Callable

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from compounds.registry.models import Compound, CompoundState
from compounds.registry.office import Office

log = structlog.get_logger(__name__)

_after_restoring: list[Callable[[Compound], object]] = []


class NotInThisState(DomainError):
    """Somebody archived or restored the compound a moment ago, or it is not open yet."""

    code = "compound_in_another_state"
    title = _("This compound is in another state")
    message = _("%(name)s is “%(state)s” now.")
    hint = _("Look at the list of compounds and go on from there.")


def after_restoring(work: Callable[[Compound], object]) -> None:
    """Name what has to follow when a compound comes back: what was decided meanwhile did not reach it."""
    _after_restoring.append(work)


@transaction.atomic
def archive(compound: Compound, *, by: Office) -> Compound:
    """From ready to archived. Raises NotInThisState."""
    return _move(compound, CompoundState.READY, CompoundState.ARCHIVED, by=by)


@transaction.atomic
def restore(compound: Compound, *, by: Office) -> Compound:
    """From archived to ready. Raises NotInThisState."""
    compound = _move(compound, CompoundState.ARCHIVED, CompoundState.READY, by=by)
    for work in _after_restoring:
        work(compound)
    return compound


def _move(compound: Compound, before: CompoundState, after: CompoundState, *, by: Office) -> Compound:
    compound = Compound.objects.select_for_update(of=("self",)).get(pk=compound.pk)
    if compound.state != before:
        raise NotInThisState(name=compound.name, state=CompoundState(compound.state).label)
    compound.state = after
    compound.save(update_fields=["state", "updated_at"])
    log.info("compound_moved", schema=compound.schema_name, state=str(after), by=str(by))
    return compound
