"""Changing what a compound has set for itself. Each change is written down with what was there before."""

from django.db import transaction

from compounds.organisation import audit
from compounds.organisation.models import OrganisationSettings, Person, PostKind
from compounds.organisation.models.settings import forget_settings
from compounds.oversight.outbox import touch
from compounds.registry.context import current_schema
from compounds.registry.models import Compound


@transaction.atomic
def set_rhythm(days: int, *, by: Person) -> None:
    """From now on a household is in touch for that many days after a contact."""
    row = locked()
    before, row.contact_rhythm_days = row.contact_rhythm_days, days
    row.save(update_fields=["contact_rhythm_days", "updated_at"])
    forget_settings()
    if before != days:
        audit.record("settings.rhythm", about="", by=by, before=before, after=days)
        touch("households")


@transaction.atomic
def set_phone(phone: str, *, by: Person) -> None:
    """Have residents ring that number from now on; empty: none is shown. It is the branch's, and stands in public."""
    row = Compound.objects.select_for_update(of=("self",)).get(schema_name=current_schema())
    before, row.phone = row.phone, phone
    row.save(update_fields=["phone", "updated_at"])
    if before != phone:
        audit.record("settings.phone", about=phone, by=by, before=before, after=phone)


@transaction.atomic
def set_titles(titles: dict[PostKind, tuple[str, str]], *, by: Person) -> int:
    """Give posts the titles of this place; an empty one goes back to the district's. Returns how many changed."""
    row = locked()
    changed = 0
    for kind, (title, title_en) in titles.items():
        before = row.post_titles.pop(kind, ["", ""])
        if title:
            row.post_titles[kind] = [title, title_en]
        if before == [title, title_en]:
            continue
        audit.record("settings.title", about=title or kind, by=by, post=kind, before=before[0], after=title)
        changed += 1
    row.save(update_fields=["post_titles", "updated_at"])
    forget_settings()
    return changed


def locked() -> OrganisationSettings:
    """The row, to be changed in this transaction."""
    OrganisationSettings.objects.get_or_create(pk=1)
    return OrganisationSettings.objects.select_for_update().get(pk=1)
