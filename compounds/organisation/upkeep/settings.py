"""Changing what a compound has set for itself. Each change is written down with what was there before."""

from django.db import transaction

from compounds.organisation import audit
from compounds.organisation.models import OrganisationSettings, Person, PostKind, PostTitle
from compounds.organisation.models.settings import DEFAULT_RHYTHM_DAYS, forget_settings
from compounds.oversight.outbox import touch


@transaction.atomic
def set_rhythm(days: int, *, by: Person) -> None:
    """From now on a household is in touch for that many days after a contact."""
    OrganisationSettings.objects.get_or_create(pk=1)
    row = OrganisationSettings.objects.select_for_update().get(pk=1)
    before, row.contact_rhythm_days = row.contact_rhythm_days, days
    row.save(update_fields=["contact_rhythm_days", "updated_at"])
    forget_settings()
    if before != days:
        audit.record("settings.rhythm", about=f"{days}", by=by, before=before, after=days)
        touch("households")


@transaction.atomic
def set_titles(titles: dict[PostKind, tuple[str, str]], *, by: Person) -> int:
    """Give posts the titles of this place; an empty one goes back to the district's. Returns how many changed."""
    # One lock for all titles, since a row that is not there yet cannot be locked.
    OrganisationSettings.objects.get_or_create(pk=1, defaults={"contact_rhythm_days": DEFAULT_RHYTHM_DAYS})
    OrganisationSettings.objects.select_for_update().get(pk=1)
    known = {row.kind: (row.title, row.title_en) for row in PostTitle.objects.all()}
    changed = 0
    for kind, (title, title_en) in titles.items():
        before = known.get(kind, ("", ""))
        if before == (title, title_en):
            continue
        if title:
            PostTitle.objects.update_or_create(kind=kind, defaults={"title": title, "title_en": title_en})
        else:
            PostTitle.objects.filter(kind=kind).delete()
        audit.record("settings.title", about=title or kind, by=by, post=kind, before=before[0], after=title)
        changed += 1
    forget_settings()
    return changed
