"""Erasing a person: personal fields are emptied by one database function, rows stay (domain: Openness)."""

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors.erasure import ErasedAlready, StillServes
from consultation.models import Issue, Minutes
from consultation.services import documents
from notices import files


@transaction.atomic
def erase(person: Person, *, with_words: bool, by: Person) -> None:
    """Empty name, phone, door and login, and the name wherever it was typed or stands in a text about their matters;
    with their words if wished. Files of minutes that name them, and those of postings that did, are made anew.

    The database function writes the audit entry itself, so that nothing is erased without one. What the person is
    spoken-by on stays, and shows "(erased)". Raises StillServes, ErasedAlready.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.erased_at:
        raise ErasedAlready
    held = list(person.posts.exclude(ends_on__lt=timezone.localdate()).select_related("unit"))
    if held:
        raise StillServes(
            name=person.name,
            posts=", ".join(f"{post.get_kind_display()} · {post.unit}" for post in held),
            actions=[(_("The person's page"), reverse_lazy("person", args=[person.pk]))],
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT erase_person(%s, %s, %s)", [person.pk, by.pk, with_words])
    documents.renew(_minutes_that_name(person))
    files.renew_changed()
    touch("people")


def _minutes_that_name(person: Person) -> QuerySet[Minutes]:
    issues = Issue.objects.filter(Q(spoken_by=person) | Q(voices__person=person))
    there = Q(meeting__attendances__person=person) | Q(meeting__convened_by=person)
    return Minutes.objects.filter(there | Q(meeting__items__issue__in=issues) | Q(confirmations__person=person))
