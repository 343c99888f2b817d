"""Telling the district that something countable has changed. Figures are recomputed, never incremented."""

from compounds.oversight.models import Outbox
from compounds.registry.context import current_schema
from compounds.registry.models import Compound


def touch(*kinds: str) -> None:
    """From a service inside a compound, in its transaction: rows of these kinds have changed here."""
    Outbox.objects.bulk_create(Outbox(schema_name=current_schema(), kind=kind) for kind in kinds)


def say_restored(compound: Compound) -> None:
    """Back from the archive, its figures are as old as its leaving: it is counted within seconds."""
    Outbox.objects.create(schema_name=compound.schema_name, kind="restored")


def say_opened(compound: Compound) -> None:
    """A seed: a new compound is counted as soon as it is ready."""
    touch("opened")
