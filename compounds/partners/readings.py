"""Writing down who was told personal data. Before the answer leaves; the row tells of which matter and which kinds."""

from collections.abc import Iterable
from datetime import datetime

from compounds.partners.authentication import Partner
from compounds.partners.models import PersonalRead
from compounds.registry.context import current_schema


def write_down(
    partner: Partner, *, about: str, told: Iterable[str], people: int, reason: str = "", now: datetime
) -> PersonalRead:
    """From a view inside a compound. ``told`` names fields, ``about`` a matter."""
    return PersonalRead.objects.create(
        system=partner.client.pk,
        name=partner.client.name,
        schema_name=current_schema(),
        about=about,
        told=sorted(told),
        people=people,
        reason=reason,
        at=now,
    )
