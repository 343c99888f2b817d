"""Post, right to enter and account belong together; a term's last day counts; single posts have one holder."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from compounds.accounts.models import Invitation, User
from compounds.organisation import appointments
from compounds.organisation.appointments import PostTaken, WrongLevel, appoint, end
from compounds.organisation.models import AuditEntry, Level, Person, Post, PostKind, Unit
from compounds.organisation.models.people import LEVEL_OF_POST, SINGLE_POSTS
from compounds.registry.context import compound_context
from compounds.registry.models import Membership
from tests.committing import YARD, at_once
from tests.factories import BuildingFactory, PersonFactory, UnitFactory, unit_for

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def give(
    person: Person, kind: PostKind, unit: Unit | None = None, start: date = TODAY, stop: date | None = None
) -> Post:
    return appoint(person, kind=kind, unit=unit or unit_for(kind), starts_on=start, ends_on=stop, by=None)


def may_enter(person: Person) -> bool:
    person = Person.objects.get(pk=person.pk)
    return Membership.objects.filter(user_id=person.user_id, compound__slug="north").exists()


@pytest.mark.usefixtures("north")
class TestAppointing:
    def test_gives_post_account_and_the_right_to_enter(self):
        person = PersonFactory(name="张三")

        post = give(person, PostKind.PARTY_MEMBER)

        user = User.objects.get(pk=Person.objects.get(pk=person.pk).user_id)
        assert (post.person, post.kind, user.display_name, user.has_usable_password()) == (
            person,
            "party_member",
            "张三",
            False,
        )
        assert may_enter(person)
        assert AuditEntry.objects.get().action == "post.appoint"

    def test_a_second_post_keeps_the_account(self):
        person = PersonFactory()
        give(person, PostKind.PARTY_MEMBER)
        first = person.user_id

        give(person, PostKind.BUILDING_STEWARD)

        assert person.user_id == first
        assert Membership.objects.count() == 1

    @pytest.mark.parametrize("kind", PostKind)
    def test_a_post_stands_at_its_level_only(self, kind):
        units = {
            Level.GENERAL_BRANCH: Unit.objects.get(level=1),
            Level.BRANCH: Unit.objects.get(level=2),
            Level.BUILDING: BuildingFactory().unit,
            Level.NEIGHBOUR_GROUP: UnitFactory(),
        }

        for level, unit in units.items():
            if level == LEVEL_OF_POST[kind]:
                give(PersonFactory(), kind, unit)
            else:
                with pytest.raises(WrongLevel):
                    give(PersonFactory(), kind, unit)

        assert Post.objects.filter(kind=kind).count() == 1

    @pytest.mark.parametrize("kind", PostKind)
    def test_single_posts_have_one_holder_and_others_many(self, kind):
        unit = unit_for(kind)
        give(PersonFactory(), kind, unit)
        newcomer = PersonFactory()

        if kind in SINGLE_POSTS:
            with pytest.raises(PostTaken):
                give(newcomer, kind, unit)
            assert Person.objects.get(pk=newcomer.pk).user_id is None, "nothing is left of the refused one"
            assert AuditEntry.objects.count() == 1
        else:
            assert give(newcomer, kind, unit)

    def test_nobody_holds_the_same_post_twice_at_a_time(self):
        person, unit = PersonFactory(), Unit.objects.get(level=Level.BRANCH)
        give(person, PostKind.PARTY_MEMBER, unit)

        with pytest.raises(PostTaken):
            give(person, PostKind.PARTY_MEMBER, unit)

    def test_the_successor_begins_the_day_after(self):
        unit = BuildingFactory().unit
        give(PersonFactory(), PostKind.BUILDING_STEWARD, unit, TODAY - 9 * DAY, TODAY)

        with pytest.raises(PostTaken):
            give(PersonFactory(), PostKind.BUILDING_STEWARD, unit, TODAY)
        assert give(PersonFactory(), PostKind.BUILDING_STEWARD, unit, TODAY + DAY)

    def test_a_term_does_not_end_before_it_starts(self):
        with pytest.raises(IntegrityError, match="post_ends_after_it_starts"):
            Post.objects.bulk_create(
                [
                    Post(
                        person=PersonFactory(),
                        unit=Unit.objects.get(level=2),
                        kind="party_member",
                        starts_on=TODAY,
                        ends_on=TODAY - DAY,
                    )
                ]
            )


@pytest.mark.usefixtures("north")
class TestEnding:
    @pytest.mark.parametrize(("days", "serves"), [(-1, True), (0, True), (1, False)])
    def test_the_last_day_counts(self, days, serves):
        post = give(PersonFactory(), PostKind.PARTY_MEMBER, start=TODAY - 9 * DAY, stop=TODAY)

        assert Post.objects.serving(TODAY + days * DAY).filter(pk=post.pk).exists() is serves

    def test_with_the_last_term_the_right_to_enter_goes(self):
        person = PersonFactory()
        post = give(person, PostKind.PARTY_MEMBER, start=TODAY - 9 * DAY)

        end(post, on=TODAY - DAY, by=None)

        assert not may_enter(person)
        assert AuditEntry.objects.first().action == "post.end"

    def test_on_the_last_day_one_still_enters(self):
        person = PersonFactory()

        end(give(person, PostKind.PARTY_MEMBER), on=TODAY, by=None)

        assert may_enter(person)

    def test_with_another_term_still_running_it_stays(self):
        person = PersonFactory()
        post = give(person, PostKind.PARTY_MEMBER, start=TODAY - 9 * DAY)
        give(person, PostKind.BUILDING_STEWARD)

        end(post, on=TODAY - DAY, by=None)

        assert may_enter(person)

    def test_with_a_term_that_begins_later_it_stays(self):
        person = PersonFactory()
        post = give(person, PostKind.PARTY_MEMBER, start=TODAY - 9 * DAY)
        give(person, PostKind.BUILDING_STEWARD, start=TODAY + 30 * DAY)

        end(post, on=TODAY - DAY, by=None)

        assert may_enter(person)

    def test_the_account_stays(self):
        person = PersonFactory()
        post = give(person, PostKind.PARTY_MEMBER, start=TODAY - 9 * DAY)

        end(post, on=TODAY - DAY, by=None)

        assert User.objects.filter(pk=person.user_id, is_active=True).exists()

    def test_appointed_again_one_enters_again_with_the_same_account(self):
        person = PersonFactory()
        end(give(person, PostKind.PARTY_MEMBER, start=TODAY - 5 * DAY), on=TODAY - DAY, by=None)
        before = person.user_id

        give(Person.objects.get(pk=person.pk), PostKind.PARTY_MEMBER)

        assert may_enter(person)
        assert Person.objects.get(pk=person.pk).user_id == before


def test_posts_in_two_compounds_are_two_memberships_and_end_apart(db):
    with compound_context("c_north"):
        person = PersonFactory()
        post = give(person, PostKind.PARTY_MEMBER, start=TODAY - 9 * DAY)
    with compound_context("c_south"):
        give(PersonFactory(user_id=person.user_id), PostKind.PARTY_MEMBER)

    with compound_context("c_north"):
        end(post, on=TODAY - DAY, by=None)

    assert list(Membership.objects.values_list("user_id", "compound__slug")) == [(person.user_id, "south")]


def test_an_invitation_names_compound_and_inviter_and_is_written_down(north):
    secretary, person = PersonFactory(name="支书"), PersonFactory()
    give(person, PostKind.PARTY_MEMBER)

    token = appointments.invite(person, now=timezone.now(), by=secretary)

    invitation = Invitation.objects.for_token(token).get()
    assert (invitation.user_id, invitation.invited_by) == (person.user_id, "北苑 · 支书")
    assert AuditEntry.objects.first().action == "person.invite"
    assert token not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    "change", ["UPDATE organisation_auditentry SET action = 'x'", "DELETE FROM organisation_auditentry"]
)
def test_what_was_written_down_is_never_edited(north, change):
    give(PersonFactory(), PostKind.PARTY_MEMBER)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_of_four_appointed_to_one_post_at_once_one_is(committing):
    with compound_context(YARD):
        unit = BuildingFactory().unit
        people = [PersonFactory() for _ in range(4)]

    def work(n: int) -> Post:
        with compound_context(YARD):
            return give(people[n], PostKind.BUILDING_STEWARD, unit)

    results = at_once(4, work)

    assert sorted(type(result).__name__ for result in results) == ["Post", "PostTaken", "PostTaken", "PostTaken"]
    with compound_context(YARD):
        assert Person.objects.exclude(user_id=None).count() == 1
    assert Membership.objects.filter(compound__schema_name=YARD).count() == 1
