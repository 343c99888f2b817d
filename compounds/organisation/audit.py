"""Writing down corrections, settings and appointments, in the compound they belong to."""

from typing import Any

from compounds.organisation.models import AuditEntry, Person, Post


def record(action: str, *, about: object, by: Person | None, **facts: Any) -> AuditEntry:
    """Add one entry; ``about`` is kept as text and ``facts`` as JSON, neither with phone numbers."""
    person = about.person if isinstance(about, Post) else about if isinstance(about, Person) else None
    return AuditEntry.objects.create(action=action, about=str(about)[:200], person=person, by=by, facts=facts)
