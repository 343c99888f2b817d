"""Erasing a person: personal fields go, rows stay, history is opened for nothing else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from compounds.accounts.models import User
from compounds.organisation import appointments, audit
from compounds.organisation.models import AuditEntry, Household, Person, PostKind
from compounds.registry.models import Membership
from consultation.errors.erasure import ErasedAlready, StillServes
from consultation.models import AssignmentState, Category, Issue, Nudge, StepRecord, Voice
from consultation.services import erasure, flow, step1_visit
from consultation.steps import Step
from tests.consultation.handling import task_at
from tests.factories import HouseholdFactory, PersonFactory

NAME = "欧阳晓月"


@pytest.fixture
def general(north):
    return PersonFactory(name="总支书", posts=[PostKind.GENERAL_SECRETARY])


@pytest.fixture
def issue(general):
    """An open matter that the person brought, with the name in its history, title and words."""
    door = HouseholdFactory()
    found = step1_visit.record(
        title=f"{NAME}家漏水",
        said=f"{NAME}说天花板漏水。",
        category=Category.objects.get(name="渗水漏水"),
        place=step1_visit.Place.at_door(door),
        spoken_by=NAME,
        photos=[],
        by=general,
    )
    flow.advance(found, Step.PROPOSE, by=general, note=f"{NAME}很着急")
    return Issue.objects.get(pk=found.pk)


@pytest.fixture
def person(issue):
    found = issue.spoken_by
    Person.objects.filter(pk=found.pk).update(phone="13812345678")
    return Person.objects.get(pk=found.pk)


def everything() -> str:
    """All text of the compound's tables, and of the logins."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
            "WHERE schemaname = 'c_north' OR tablename IN ('accounts_user', 'accounts_invitation')"
        )
        tables = [table for (table,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f"SELECT one::text FROM {table} one" for table in tables))
        return "\n".join(row for (row,) in cursor.fetchall())


def test_a_person_spoken_by_on_an_open_issue_is_erased_and_the_issue_says_so(web, general, issue, person):
    audit.record("person.change", about=person, by=general)
    assert NAME in everything()

    response = web(general).post(f"/people/{person.pk}/erasure/", {"name": NAME})

    assert response.status_code == 302
    assert NAME not in everything()
    assert "13812345678" not in everything()
    person.refresh_from_db()
    assert (person.phone, person.household, person.user_id, str(person)) == ("", None, None, "(erased)")
    assert Issue.objects.get(pk=issue.pk).spoken_by == person, "rows stay"
    page = web(general).get(f"/issues/{issue.number}/")
    assert "(erased)" in page.text
    assert "天花板漏水" in page.text, "the words stay unless they were to go"
    entry = AuditEntry.objects.get(action="person.erase")
    assert (entry.by, entry.person, entry.facts) == (general, person, {"words": False})


def test_the_words_go_if_wished(general, issue, person):
    Voice.objects.filter(person=person).update(said="我自己说的话")

    erasure.erase(person, with_words=True, by=general)

    assert "天花板" not in everything()
    assert "我自己说的话" not in everything()
    assert Voice.objects.filter(issue=issue, person=person).exists(), "the voice still counts"


def test_words_of_others_and_matters_of_others_stay_as_they_are(general, issue, person):
    other = step1_visit.record(
        title="另一件",
        said=f"{NAME}在楼下停车",
        category=Category.objects.first(),
        place=step1_visit.Place.at_door(HouseholdFactory()),
        spoken_by="别人",
        photos=[],
        by=general,
    )

    erasure.erase(person, with_words=True, by=general)

    other.refresh_from_db()
    assert other.said == f"{NAME}在楼下停车"


def once_serving(general) -> Person:
    person = PersonFactory(name=NAME, posts=[PostKind.PARTY_MEMBER])
    post = person.posts.get()
    appointments.end(post, on=timezone.localdate() - timedelta(days=1), by=general)
    return person


def test_the_login_is_closed_and_emptied(general):
    person = once_serving(general)

    erasure.erase(person, with_words=False, by=general)

    user = User.objects.get(pk=person.user_id)
    assert (user.username, user.display_name, user.is_active) == (f"closed-{user.pk}", "", False)
    assert not user.has_usable_password()
    assert NAME not in everything(), "nor in the entries about the term"


def test_a_login_that_opens_another_compound_stays_open(general, south):
    person = once_serving(general)
    Membership.objects.create(user_id=person.user_id, compound=south)

    erasure.erase(person, with_words=False, by=general)

    user = User.objects.get(pk=person.user_id)
    assert (user.display_name, user.is_active) == (NAME, True)
    assert Person.objects.get(pk=person.pk).user_id is None


@pytest.mark.parametrize("starts", [-10, 10], ids=["now", "later"])
def test_who_serves_or_will_serve_is_refused_with_the_reason(web, general, starts):
    person = PersonFactory(name=NAME, posts=[PostKind.BUILDING_STEWARD])
    person.posts.update(starts_on=timezone.localdate() + timedelta(days=starts))
    client = web(general)

    shown = client.get(f"/people/{person.pk}/erasure/")
    sent = client.post(f"/people/{person.pk}/erasure/", {"name": NAME})

    assert "disabled" in shown.text
    assert sent.status_code == 409
    assert "building steward" in sent.text
    assert Person.objects.get(pk=person.pk).name == NAME
    with pytest.raises(StillServes):
        erasure.erase(person, with_words=False, by=general)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT erase_person(%s, %s, false)", [person.pk, general.pk])


def test_nobody_is_erased_twice_or_by_a_slip(web, general, person):
    client = web(general)

    slip = client.post(f"/people/{person.pk}/erasure/", {"name": "欧阳"})
    client.post(f"/people/{person.pk}/erasure/", {"name": NAME})
    again = client.post(f"/people/{person.pk}/erasure/", {"name": NAME})

    assert (slip.status_code, again.status_code) == (422, 409)
    assert AuditEntry.objects.filter(action="person.erase").count() == 1
    with pytest.raises(ErasedAlready):
        erasure.erase(person, with_words=True, by=general)


def test_an_erased_entry_is_not_filled_again_and_gets_no_post_from_its_page(web, general, person):
    secretary = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
    erasure.erase(person, with_words=False, by=general)
    client = web(secretary)

    edited = client.post(f"/people/{person.pk}/correction/", {"name": NAME})
    page = client.get(f"/people/{person.pk}/")

    assert edited.status_code == 409
    assert "Give a post" not in page.text


@pytest.mark.parametrize("kind", [kind for kind in PostKind if kind != PostKind.GENERAL_SECRETARY])
def test_only_the_general_secretary_erases(web, person, kind):
    response = web(PersonFactory(posts=[kind])).post(f"/people/{person.pk}/erasure/", {"name": NAME})

    assert response.status_code == 403
    assert Person.objects.get(pk=person.pk).name == NAME


BY_HAND = "SELECT set_config('linjuli.erasing', 'on', true);"
IN_ANOTHER_FUNCTION = """
    CREATE FUNCTION erase_other(bigint, bigint, boolean) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN {} END $$; SELECT erase_other(1, 1, true);
"""


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE consultation_steprecord SET note = 'x'",
        "UPDATE consultation_steprecord SET to_step = 'closed'",
        "DELETE FROM consultation_steprecord",
        "UPDATE consultation_nudge SET words = 'x'",
        "UPDATE consultation_assignmentreport SET handler_name = 'x'",
        "UPDATE organisation_auditentry SET about = 'x'",
        "UPDATE organisation_auditentry SET by_id = NULL",
        "DELETE FROM organisation_auditentry",
    ],
)
@pytest.mark.parametrize("way", ["{}", BY_HAND + "{}", IN_ANOTHER_FUNCTION], ids=["plain", "setting", "function"])
def test_nothing_else_changes_history(general, issue, person, change, way):
    audit.record("person.change", about=person, by=general)
    Nudge.objects.create(assignment=task_at(AssignmentState.DONE), at=timezone.now(), by=general, words="快些")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(way.format(f"{change};"))


@pytest.mark.parametrize("change", ["note = 'x', at = now()", "moved_by_id = moved_by_id + 1"])
def test_even_a_function_of_that_name_changes_the_personal_columns_only(general, issue, change):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION erase_person(erased bigint, erased_by bigint, with_words boolean) RETURNS void "
            f"LANGUAGE plpgsql AS $$ BEGIN UPDATE consultation_steprecord SET {change}; END $$;"
            "SELECT erase_person(1, 1, true);"
        )


def test_an_erasure_leaves_history_as_closed_as_before(general, issue, person):
    erasure.erase(person, with_words=False, by=general)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        StepRecord.objects.update(note="x")
    assert Household.objects.exists()
