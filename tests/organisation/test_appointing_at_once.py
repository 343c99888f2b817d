"""Two secretaries at the same moment: one wins, nothing is doubled."""

from django.utils import timezone

from compounds.accounts.models import User
from compounds.organisation.appointments import PostTaken, appoint
from compounds.organisation.models import Level, Person, Post, PostKind, Unit
from compounds.organisation.newcomers import appoint_newcomer
from compounds.registry.context import compound_context
from tests.committing import YARD, at_once


def test_the_same_newcomer_sent_by_many_at_once_is_appointed_once(committing):
    with compound_context(YARD):
        branch = Unit.objects.get(level=Level.BRANCH)
        secretary = Person.objects.create(name="支书")

    def send(n):
        with compound_context(YARD):
            return appoint_newcomer(
                "新党员",
                phone="",
                kind=PostKind.PARTY_MEMBER,
                unit=branch,
                starts_on=timezone.localdate(),
                ends_on=None,
                by=secretary,
            )

    results = at_once(6, send)

    assert sum(isinstance(one, Post) for one in results) == 1
    assert sum(isinstance(one, PostTaken) for one in results) == 5
    with compound_context(YARD):
        assert Person.objects.filter(name="新党员").count() == 1


def test_a_post_for_one_gets_one_holder(committing):
    with compound_context(YARD):
        branch = Unit.objects.get(level=Level.BRANCH)
        people = [Person.objects.create(name=f"候选{n}") for n in range(6)]

    def give(n):
        with compound_context(YARD):
            return appoint(
                people[n], kind=PostKind.BRANCH_SECRETARY, unit=branch, starts_on=timezone.localdate(), by=None
            )

    results = at_once(6, give)

    assert sum(isinstance(one, Post) for one in results) == 1
    assert sum(isinstance(one, PostTaken) for one in results) == 5


def test_two_posts_given_to_one_person_at_once_open_one_account(committing):
    kinds = [PostKind.PARTY_MEMBER, PostKind.RESIDENTS_REP, PostKind.VOLUNTEER_LEADER, PostKind.OWNERS_COMMITTEE]
    with compound_context(YARD):
        branch = Unit.objects.get(level=Level.BRANCH)
        person = Person.objects.create(name="一人多职")

    def give(n):
        with compound_context(YARD):
            return appoint(
                Person.objects.get(pk=person.pk),
                kind=kinds[n],
                unit=branch,
                starts_on=timezone.localdate(),
                by=None,
            )

    results = at_once(4, give)

    assert all(isinstance(one, Post) for one in results), results
    assert User.objects.filter(display_name="一人多职").count() == 1
