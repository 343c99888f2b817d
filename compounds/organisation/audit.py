"""Writing down corrections, settings and appointments, in the compound they belong to."""

from typing import Any

from compounds.organisation.models import AuditEntry, Person
from compounds.registry.office import Office


def record(action: str, *, about: object, by: Person | Office | None, **facts: Any) -> AuditEntry:
    """Add one entry; ``about`` is kept as text and ``facts`` as JSON, neither with phone numbers.

    An entry about a person, or about something of theirs (a post, a term on the council), points to them.
    Where an office of the district did it, its name stands among the facts, for it has nobody in the compound.
    """
    whose = about if isinstance(about, Person) else getattr(about, "person", None)
    person = whose if isinstance(whose, Person) else None
    if isinstance(by, Office):
        by, facts = None, {**facts, "office": str(by)}
    return AuditEntry.objects.create(action=action, about=str(about)[:200], person=person, by=by, facts=facts)
