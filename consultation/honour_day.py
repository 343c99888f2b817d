"""What of the honours waits for one person today: to be approved by those who may, put up and given by the branch."""

from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compounds.organisation.models import Person
from compounds.organisation.policies import allows
from consultation.waiting import Waiting
from volunteers import policies
from volunteers.models import Honour, HonourState
from volunteers.services import honours_given


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """One line for each step at which something waits, however many they are."""
    found = []
    if allows(policies.HONOUR_APPROVE, person):
        others = Honour.objects.filter(state=HonourState.PROPOSED).exclude(proposed_by=person).exclude(person=person)
        found.append((_("Honours to approve"), others.count(), "honours_approve"))
    if allows(policies.HONOUR_POST, person):
        approved = Honour.objects.filter(state=HonourState.APPROVED, kind__posted=True)
        found.append((_("Honours to put up"), approved.count(), "honours_post"))
    if allows(policies.HONOUR_GIVE, person):
        found.append((_("Honours to give"), len(honours_given.ready(today)), "honours_give"))
    return [Waiting(str(title), _how_many(count), reverse(name)) for title, count, name in found if count]


def _how_many(count: int) -> str | Promise:
    return ngettext_lazy("%(count)s of them waits", "%(count)s of them wait", count) % {"count": count}
