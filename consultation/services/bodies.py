"""The bodies that can be made responsible: added, changed and retired by the branch, each with an audit entry."""

from typing import Any

from django.db import transaction
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit
from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import BodyStillWorks
from consultation.models import ResponsibleBody


@transaction.atomic
def add(*, by: Person, **fields: Any) -> ResponsibleBody:
    """A new body. Its phone is kept out of the audit entry."""
    body = ResponsibleBody.objects.create(**fields)
    audit.record("body.add", about=body, by=by, kind=body.kind)
    return body


@transaction.atomic
def change(body: ResponsibleBody, *, by: Person, **fields: Any) -> ResponsibleBody:
    """Other contact or name; which fields were changed is written down, not what they say."""
    body = ResponsibleBody.objects.select_for_update().get(pk=body.pk)
    changed = sorted(name for name, value in fields.items() if getattr(body, name) != value)
    for name in changed:
        setattr(body, name, fields[name])
    if changed:
        body.save(update_fields=[*changed, "updated_at"])
        touch("bodies")
        audit.record("body.change", about=body, by=by, fields=changed)
    return body


@transaction.atomic
def retire(body: ResponsibleBody, *, by: Person) -> ResponsibleBody:
    """It takes on nothing new; what it did stays. Raises BodyStillWorks."""
    body = ResponsibleBody.objects.select_for_update().get(pk=body.pk)
    if count := body.assignments.unfinished().count():
        raise BodyStillWorks(body=body.name, count=count, actions=[(_("See its tasks"), reverse_lazy("assignments"))])
    if body.active:
        body.active = False
        body.save(update_fields=["active", "updated_at"])
        touch("bodies")
        audit.record("body.retire", about=body, by=by)
    return body


@transaction.atomic
def take_up(body: ResponsibleBody, *, by: Person) -> ResponsibleBody:
    """In use again."""
    body = ResponsibleBody.objects.select_for_update().get(pk=body.pk)
    if not body.active:
        body.active = True
        body.save(update_fields=["active", "updated_at"])
        touch("bodies")
        audit.record("body.take_up", about=body, by=by)
    return body
