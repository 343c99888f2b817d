"""The letter box writes down what residents send themselves; it is nobody, and stands in no list of people."""

import io

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from python_calamine import CalamineWorkbook

from compounds.organisation.models import Person, PostKind
from compounds.organisation.sight import contacts_visible_to, people_listed_for, people_visible_to
from compounds.organisation.spreadsheet import writing
from compounds.registry.context import compound_context
from consultation.models import Category
from consultation.services import reports
from tests.committing import YARD, at_once
from tests.factories import EntranceFactory, PersonFactory


def send(entrance, name="王奶奶"):
    return reports.send(
        entrance=entrance,
        category=Category.objects.get(name="电梯设备"),
        said="电梯不动",
        place_note="",
        sender=reports.Sender(name=name),
        photos=[],
    )


@pytest.fixture
def box(north):
    report, _code = send(EntranceFactory())
    return report.issue.recorded_by


def test_it_is_in_no_list_of_people_and_has_no_page(web, box):
    viewer = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
    client, today = web(viewer), timezone.localdate()

    pages = [client.get("/people/"), client.get("/people/", {"q": box.name[:2]}), client.get("/posts/new/?q=居民")]

    assert all(f"/people/{box.pk}/" not in page.text and f"person={box.pk}" not in page.text for page in pages)
    assert client.get(f"/people/{box.pk}/").status_code == 404
    assert client.get(f"/people/{box.pk}/correction/").status_code == 404
    for rows in (people_listed_for(viewer, today), people_visible_to(viewer, today), contacts_visible_to(viewer)):
        assert box not in rows
        assert rows.filter(name="王奶奶").exists()


def test_it_is_in_no_export(box):
    by = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])

    book = CalamineWorkbook.from_filelike(io.BytesIO(writing.export(phones_because="", by=by)))

    names = {row[0] for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()}

    assert "王奶奶" in names
    assert box.name not in names


def test_what_came_through_it_still_says_so(web, box):
    issue = box.recorded_issues.get()

    page = web(PersonFactory(posts=[PostKind.BRANCH_SECRETARY])).get(f"/issues/{issue.number}/")

    assert "with the QR code" in page.text


def test_a_person_of_that_name_is_a_person(north):
    namesake = PersonFactory(name=reports.LETTER_BOX)

    report, _code = send(EntranceFactory())

    assert report.issue.recorded_by != namesake
    assert namesake in Person.objects.people()


def test_of_reports_sent_at_once_all_use_one_letter_box(committing):
    with compound_context(YARD):
        entrance = EntranceFactory()

    def sent(n):
        with compound_context(YARD):
            return send(entrance, name=f"住户{n}")[0].issue.recorded_by_id

    assert len(set(at_once(4, sent))) == 1


@pytest.mark.parametrize("fact", [{"phone": "13800001111"}, {"user_id": 1}, {"erased_at": timezone.now()}])
def test_it_has_no_number_no_login_and_is_not_erased(box, fact):
    with pytest.raises(IntegrityError, match="letter_box_is_nobody"), transaction.atomic():
        Person.objects.filter(pk=box.pk).update(**fact)
