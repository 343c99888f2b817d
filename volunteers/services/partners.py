"""Partner organisations: the agreement with each, and whom to call there."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from compounds.organisation import audit
from compounds.organisation.models import Person
from volunteers.models import PartnerOrganisation
from volunteers.services.naming import kept, set_on


@transaction.atomic
def add(facts: Mapping[str, Any], *, by: Person) -> PartnerOrganisation:
    """Write down an agreement. Raises NameTaken."""
    partner = kept(facts["name"], lambda: PartnerOrganisation.objects.create(**facts))
    audit.record("partner.add", about=partner, by=by)
    return partner


@transaction.atomic
def change(partner: PartnerOrganisation, facts: Mapping[str, Any], *, by: Person) -> PartnerOrganisation:
    """Put an agreement right, renew or end it; what was done together stays. Raises NameTaken."""
    partner = PartnerOrganisation.objects.select_for_update().get(pk=partner.pk)
    if changed := set_on(partner, facts):
        kept(facts["name"], lambda: partner.save(update_fields=[*changed, "updated_at"]))
        audit.record("partner.change", about=partner, by=by, fields=changed)
    return partner
