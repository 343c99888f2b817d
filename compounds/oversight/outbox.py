"""Telling the district that something countable has changed. Figures are recomputed, never incremented."""

from compounds.oversight.models import Outbox
from compounds.registry.context import current_schema


def touch(kind: str) -> None:
    """From a service inside a compound, in its transaction: rows of ``kind`` have changed here."""
    Outbox.objects.create(schema_name=current_schema(), kind=kind)
