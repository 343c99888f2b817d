"""Programmes, and the venues where activities are: added, changed, taken out of use and taken up again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from compounds.organisation import audit
from compounds.organisation.models import Person
from volunteers.models import Programme, Venue
from volunteers.services.naming import kept, set_on


@transaction.atomic
def add_programme(facts: Mapping[str, Any], *, by: Person) -> Programme:
    """A new series of activities with a name. Raises NameTaken."""
    programme = kept(facts["name"], lambda: Programme.objects.create(**facts))
    audit.record("programme.add", about=programme, by=by)
    return programme


@transaction.atomic
def change_programme(programme: Programme, facts: Mapping[str, Any], *, by: Person) -> Programme:
    """Its activities go with it. Raises NameTaken."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if changed := set_on(programme, facts):
        kept(facts["name"], lambda: programme.save(update_fields=[*changed, "updated_at"]))
        audit.record("programme.change", about=programme, by=by, fields=changed)
    return programme


@transaction.atomic
def add_venue(facts: Mapping[str, Any], *, by: Person) -> Venue:
    """A new place where people meet. Raises NameTaken."""
    venue = kept(facts["name"], lambda: Venue.objects.create(**facts))
    audit.record("venue.add", about=venue, by=by)
    return venue


@transaction.atomic
def change_venue(venue: Venue, facts: Mapping[str, Any], *, by: Person) -> Venue:
    """What is planned there stays there, also when it is no longer in use. Raises NameTaken."""
    venue = Venue.objects.select_for_update().get(pk=venue.pk)
    if changed := set_on(venue, facts):
        kept(facts["name"], lambda: venue.save(update_fields=[*changed, "updated_at"]))
        audit.record("venue.change", about=venue, by=by, fields=changed)
    return venue
