"""Certificates: what stands on them, that their code leads to the page that checks them, and what that page tells."""

import io

import docx
import pytest
from django.utils import translation

from compounds.organisation.models import PostKind
from consultation.services import erasure
from tests.factories import HouseholdFactory, PersonFactory
from tests.reading_codes import as_by_hand, codes_on, pages_of, texts_of
from tests.volunteers.honours import GOOD, HOUSE, given, holder, secretary
from volunteers.certificates import content, office, paper
from volunteers.models import Honour
from volunteers.services import honours


def drawn(*rows):
    found = Honour.objects.filter(pk__in=[row.pk for row in rows]).with_receivers()
    return content.certificates(found, compound_name="北苑", absolute=lambda path: f"https://linjuli.test{path}")


def words_of(body):
    document = docx.Document(io.BytesIO(body))
    cells = [cell.text for table in document.tables for cell in table.rows[0].cells]
    return "".join("".join([*(line.text for line in document.paragraphs), *cells]).split())


def test_both_forms_say_name_honour_year_number_and_code(north):
    row = given(GOOD, PersonFactory(name="李桂芳"))

    pages = drawn(row)

    for text in (texts_of(paper.make(pages))[0], words_of(office.make(pages))):
        for words in ("荣誉证书", "李桂芳同志：", "被评为2026年度“好邻居”", "2026-0001", content.spelled(row.code)):
            assert "".join(words.split()) in text
        assert "北苑" in text


def test_whoever_reads_english_gets_the_same_chinese_paper(north):
    house = HouseholdFactory(door="502")
    row = given(HOUSE, house)
    with translation.override("en"):
        english = drawn(row)

    assert english == drawn(row)
    with translation.override("zh-hans"):
        assert english[0].name == str(house)


def test_a_volunteers_hours_stand_on_it(north):
    row = given(facts={"from": "hours", "value": 61 * 60 + 20})

    assert "全年志愿服务61小时" in texts_of(paper.make(drawn(row)))[0]


def test_the_code_is_read_by_a_telephone_and_leads_to_the_page(anyone):
    row = given(GOOD, PersonFactory(name="李桂芳"))
    page = as_by_hand(pages_of(paper.make(drawn(row)))[0], turned=4, blurred=1)

    (link,) = codes_on(page)

    assert link.startswith("https://linjuli.test/q/")
    followed = anyone.get(link.removeprefix("https://linjuli.test"), headers={"host": "testserver"})
    led = followed if followed.status_code == 302 else _follow(anyone, link)
    shown = anyone.get(led["Location"])
    assert shown.status_code == 200
    assert "李桂芳" in shown.text
    assert "genuine" in shown.text


def _follow(client, link):
    # Short links live outside the compound's mount.
    return super(type(client), client).generic("GET", link.removeprefix("https://linjuli.test"))


def test_a_batch_has_a_page_for_each_in_the_order_of_numbers(north):
    rows = [given() for _n in range(3)]

    texts = texts_of(paper.make(drawn(*reversed(rows))))

    assert [f"2026-000{n}" in text for n, text in enumerate(texts, 1)] == [True] * 3
    assert words_of(office.make(drawn(*rows))).count("志愿服务证书") == 3


def test_signs_that_mean_something_to_a_program_are_only_words(north):
    row = given(GOOD, PersonFactory(name="<b>#张&{{三}}</b>"))

    pages = drawn(row)

    assert "<b>#张&{{三}}</b>" in texts_of(paper.make(pages))[0]
    assert "<b>#张&{{三}}</b>" in words_of(office.make(pages))


@pytest.mark.parametrize(
    ("number", "code"),
    [("2026-0001", "x"), ("2026-0009", None), ("2026-0001x", None), ("０", "\x00"), ("2026-99999999999999", "A")],
)
def test_any_wrong_pair_gets_the_same_answer(anyone, number, code):
    row = given(GOOD, PersonFactory(name="李桂芳"))

    answer = anyone.get("/board/certificates/", {"number": number, "code": row.code if code is None else code})

    assert answer.status_code in {200, 404}
    assert "genuine." not in answer.text
    assert "李桂芳" not in answer.text
    if code != "\x00":
        assert "No certificate has this number and code." in answer.text


def test_it_is_found_however_it_was_typed(anyone):
    row = given(GOOD)
    typed = content.spelled(row.code).lower()

    answer = anyone.get("/board/certificates/", {"number": " ２０２６-1 ", "code": typed})

    assert answer.status_code == 200
    assert row.person.name in answer.text


def test_the_page_tells_name_and_honour_and_nothing_else(anyone):
    house = HouseholdFactory(door="墨502")
    rows = [given(HOUSE, house, reason="为孤老送饭"), given(GOOD, PersonFactory(name="李桂芳"), reason="为孤老送饭")]

    for row in rows:
        page = anyone.get(f"/board/certificates/{row.certificate_number}/{row.code}/")
        assert page.status_code == 200
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert "为孤老送饭" not in page.text
        assert "墨502" not in page.text


def test_what_was_withdrawn_says_so_and_not_why(anyone):
    row = given(GOOD, PersonFactory(name="李桂芳"))
    honours.withdraw(row, why="冒领", by=secretary())

    page = anyone.get(f"/board/certificates/{row.certificate_number}/{row.code}/")

    assert page.status_code == 200
    assert "This certificate was withdrawn." in page.text
    assert "冒领" not in page.text
    assert "李桂芳" not in page.text


def test_whoever_was_erased_has_no_name_and_no_paper(anyone):
    row = given(GOOD, PersonFactory(name="欧阳晓月"))
    erasure.erase(row.person, with_words=False, by=holder(PostKind.GENERAL_SECRETARY))

    page = anyone.get(f"/board/certificates/{row.certificate_number}/{row.code}/")

    assert page.status_code == 200
    assert "欧阳晓月" not in page.text
    assert "Good neighbour" in page.text
    assert drawn(row) == []


def test_somebody_who_tries_and_tries_is_stopped(anyone):
    answers = [anyone.get(f"/board/certificates/2026-0001/{n}/").status_code for n in range(121)]

    assert answers == [404] * 120 + [429]


def test_one_gets_ones_own_certificate_and_the_branch_everybodys(web):
    mine = PersonFactory(posts=[PostKind.PARTY_MEMBER])
    row = given(receiver=mine)
    address = f"/honours/{row.pk}/certificate/pdf/"

    assert web(mine).get(address).content.startswith(b"%PDF")
    assert web(secretary()).get(f"/honours/{row.pk}/certificate/docx/").content.startswith(b"PK")
    assert web(PersonFactory(posts=[PostKind.PARTY_MEMBER])).get(address).status_code == 403
    assert web(secretary()).get(f"/honours/{row.pk}/certificate/exe/").status_code == 404


def test_all_of_a_kind_and_year_come_in_one_file(web):
    rows = [given(), given()]

    answer = web(secretary()).get(f"/honours/certificates/2026/{rows[0].kind_id}/pdf/")

    assert len(pages_of(answer.content)) == 2
    assert answer["Cache-Control"] == "private, no-store"
    assert web(secretary()).get(f"/honours/certificates/2019/{rows[0].kind_id}/pdf/").status_code == 404
