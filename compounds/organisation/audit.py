"""Writing down corrections, settings and appointments, in the compound they belong to."""

from typing import Any

from compounds.organisation.models import AuditEntry, Person


def record(action: str, *, about: object, by: Person | None, **facts: Any) -> AuditEntry:
    """Add one entry; ``about`` is kept as text and ``facts`` as JSON, neither with phone numbers."""
    return AuditEntry.objects.create(action=action, about=str(about)[:200], by=by, facts=facts)
