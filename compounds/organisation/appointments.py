"""Appointing and ending terms: a post, the right to enter, and the invitation belong together, in one transaction."""

from datetime import date, datetime

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.accounts import invitations
from compounds.accounts.models import User
from compounds.kernel.errors import DomainError
from compounds.organisation import audit
from compounds.organisation.models import Person, Post, PostKind, Unit, post_title
from compounds.organisation.models.people import LEVEL_OF_POST
from compounds.oversight.outbox import touch
from compounds.registry.context import current_schema
from compounds.registry.models import Compound, Membership
from compounds.registry.office import Office

log = structlog.get_logger(__name__)


class PostTaken(DomainError):
    """Somebody holds this post in this time, or this person does already."""

    code = "post_taken"
    title = _("This post is taken")
    message = _("Somebody holds this post in that time already.")
    hint = _("End that term first, or choose a later first day.")


class WrongLevel(DomainError):
    """A post stands at one level of the tree only."""

    code = "wrong_level"
    title = _("This post does not stand there")
    message = _("“%(post)s” is a post of another level of the tree.")
    hint = _("Choose a unit of the level to which this post belongs.")


@transaction.atomic
def appoint(
    person: Person,
    *,
    kind: PostKind,
    unit: Unit,
    starts_on: date,
    ends_on: date | None = None,
    by: Person | Office | None,
) -> Post:
    """Give a person a post, an account to sign in with, and the right to enter. Raises PostTaken, WrongLevel.

    ``by`` is an office where the district appoints, and None where nobody did: in the demo, and in tests.
    """
    if LEVEL_OF_POST[kind] != unit.level:
        raise WrongLevel(post=post_title(kind))
    post = Post(person=person, kind=kind, unit=unit, starts_on=starts_on, ends_on=ends_on)
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as error:
        raise PostTaken from error
    _let_in(person)
    audit.record("post.appoint", about=post, by=by, kind=kind, starts_on=starts_on.isoformat())
    touch("posts")
    return post


@transaction.atomic
def end(post: Post, *, on: date, by: Person | Office | None) -> Post:
    """Let a term end with that day, which still counts; once no term is left the right to enter goes too."""
    post = Post.objects.select_for_update().select_related("person").get(pk=post.pk)
    post.ends_on = max(on, post.starts_on)
    post.save(update_fields=["ends_on", "updated_at"])
    left = post.person.posts.exclude(ends_on__lt=timezone.localdate())
    if post.person.user_id and not left.exists():
        Membership.objects.filter(user_id=post.person.user_id, compound__schema_name=current_schema()).delete()
    audit.record("post.end", about=post, by=by, on=on.isoformat())
    touch("posts")
    return post


@transaction.atomic
def invite(person: Person, *, now: datetime, by: Person) -> str:
    """A fresh one-time link for this person. Returns its token; earlier links are called back."""
    user = User.objects.get(pk=person.user_id)
    compound = Compound.objects.get(schema_name=current_schema())
    token = invitations.invite(user, now=now, by=f"{compound.name} · {by.name}")
    audit.record("person.invite", about=person, by=by)
    return token


def _let_in(person: Person) -> None:
    # Two appointments of one person at the same time open one account.
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.user_id is None:
        locked.user_id = invitations.open_account(locked.name).pk
        locked.save(update_fields=["user_id", "updated_at"])
    person.user_id = locked.user_id
    compound = Compound.objects.get(schema_name=current_schema())
    Membership.objects.get_or_create(user_id=person.user_id, compound=compound)


@transaction.atomic
def let_in_whoever_has_a_post() -> int:
    """In a compound that came from elsewhere, without accounts: whoever serves, or will, gets one and may be invited.

    Returns how many they are.
    """
    today = timezone.localdate()
    people = Person.objects.filter(user_id=None, posts__in=Post.objects.exclude(ends_on__lt=today)).distinct()
    for person in people:
        _let_in(person)
    touch("posts")
    return len(people)
