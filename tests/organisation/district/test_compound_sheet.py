"""Many compounds by one spreadsheet: looked through whole, confirmed, all or none."""

import io
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compounds.accounts.models import User
from compounds.jobs.models import Run
from compounds.organisation.district import compound_sheet, opening
from compounds.registry import opening as registry_opening
from compounds.registry.models import Community, Compound, CompoundSheet, CompoundState, Staff
from tests.committing import at_once
from tests.organisation.district.conftest import compound, work_everything
from tests.registry.scopes import signed_in

UPLOAD = "/admin/registry/compound/spreadsheet/"
HEADINGS = ("Compound name", "Community", "Address", "Built")
RIGHT = [
    ["枫树湾", "测试社区", "", 2008],
    ["湘江名苑", "测试社区", "xjmy", "2015-06-01"],
    ["枫树湾二期", "测试社区", "", ""],
]


def book(rows, *, headings=HEADINGS, name="Compounds", merge=""):
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = workbook.add_worksheet(name)
    sheet.write_row(0, 0, headings)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)
    if merge:
        sheet.merge_range(merge, "测试社区")
    workbook.close()
    return out.getvalue()


def send(client, content, name="小区.xlsx"):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)}, follow=True)


def opened():
    return set(Compound.objects.exclude(slug__in=["north", "south", "yard"]).values_list("slug", flat=True))


def problems(response):
    return {(p.row, p.column) for p in response.context["problems"]}


def test_a_right_sheet_is_shown_first_confirmed_and_opened_in_the_background(admin):
    looked = send(admin, book(RIGHT))
    before = opened()
    confirmed = admin.post(looked.redirect_chain[-1][0])
    states = {compound(slug).state for slug in opened()}
    work_everything()

    assert "3 compounds would be opened" in looked.text
    assert "/c/fengshuwanerqi/" in looked.text
    assert before == set()
    assert confirmed.url == "/admin/registry/compound/opening/"
    assert opened() == {"fengshuwan", "fengshuwanerqi", "xjmy"}
    assert states == {CompoundState.OPENING}
    assert {compound(slug).state for slug in opened()} == {CompoundState.READY}
    assert [compound(slug).built_on and compound(slug).built_on.isoformat() for slug in ("fengshuwan", "xjmy")] == [
        "2008-01-01",
        "2015-06-01",
    ]


def test_the_template_is_read_in_either_language(admin):
    for language in ("en", "zh-hans"):
        response = admin.get(f"{UPLOAD}template/", headers={"accept-language": language})
        looked = send(admin, response.content)

        assert response.content[:2] == b"PK"
        assert "There is no compound in it." in looked.text


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["", "测试社区", "", ""], "A"),
        (["x" * 61, "测试社区", "", ""], "A"),
        (["新苑", "", "", ""], "B"),
        (["新苑", "无此社区", "", ""], "B"),
        (["新苑", "测试社区", "admin", ""], "C"),
        (["新苑", "测试社区", "ADMIN", ""], "C"),
        (["新苑", "测试社区", "north", ""], "C"),
        (["新苑", "测试社区", "North", ""], "C"),
        (["新苑", "测试社区", "a b", ""], "C"),
        (["新苑", "测试社区", "Xin", ""], "C"),
        (["新苑", "测试社区", "x" * 41, ""], "C"),
        (["新苑", "测试社区", "", "last year"], "D"),
        (["新苑", "测试社区", "", "2024-02-30"], "D"),
        (["新苑", "测试社区", "", 2999], "D"),
        (["=1+1", "测试社区", "", ""], "A"),
    ],
)
def test_one_wrong_cell_is_named_and_nothing_is_opened(admin, row, column):
    response = send(admin, book([*RIGHT, row]))

    assert response.status_code == 422
    assert problems(response) == {(5, column)}
    assert opened() == set()
    assert not CompoundSheet.objects.exists()


@pytest.mark.parametrize(("first", "second"), [("same", "same"), ("same", "Same")])
def test_a_doubled_address_is_named_also_by_case(admin, first, second):
    response = send(admin, book([["甲苑", "测试社区", first, ""], ["乙苑", "测试社区", second, ""]]))

    assert (3, "C") in problems(response)
    assert "Row 2 has this address already." in response.text


def test_what_is_proposed_gives_way_to_what_is_written_further_down(admin):
    looked = send(admin, book([["甲苑", "测试社区", "", ""], ["乙苑", "测试社区", "jiayuan", ""]]))

    assert "/c/jiayuan-2/" in looked.text


@pytest.mark.parametrize("second", ["枫树湾", "枫 树湾 "])
def test_one_name_twice_in_a_community_is_named(admin, second):
    response = send(admin, book([["枫树湾", "测试社区", "", ""], [second, "测试社区", "fsw", ""]]))

    assert problems(response) == {(3, "A")}
    assert "Row 2 has this compound already." in response.text


def test_a_sheet_that_is_sent_again_opens_nothing_twice(above, admin):
    admin.post(send(admin, book(RIGHT)).redirect_chain[-1][0])
    Compound.objects.filter(slug="xjmy").update(state=CompoundState.ARCHIVED)

    again = send(admin, book(RIGHT))
    elsewhere = Community.objects.create(district=above.district, street=above.street, name="邻社区")
    there = send(admin, book([["枫树湾", elsewhere.name, "", ""]]))

    assert problems(again) == {(2, "A"), (3, "A"), (3, "C"), (4, "A")}
    assert "archived compound of this name" in again.text
    assert "/c/fengshuwan-2/" in there.text


def test_a_name_taken_between_look_and_confirmation_opens_none(above, admin):
    looked = send(admin, book(RIGHT))
    Compound.objects.create(slug="first", schema_name="c_first", name="湘江名苑", community=above.community)

    assert admin.post(looked.redirect_chain[-1][0]).status_code == 409
    assert opened() == {"first"}


def test_a_hundred_compounds_are_confirmed_in_as_many_queries_as_two(admin):
    counted = []
    for letter, rows in (("a", 2), ("b", 100)):
        looked = send(admin, book([[f"{letter}{n}", "测试社区", f"{letter}{n}", ""] for n in range(100, 100 + rows)]))
        with CaptureQueriesContext(connection) as queries:
            assert admin.post(looked.redirect_chain[-1][0]).status_code == 302
        counted.append(len(queries))

    assert counted[0] == counted[1]
    assert len(opened()) == Run.objects.filter(kind=opening.KIND).count() == 102


def test_wrong_columns_are_named(admin):
    response = send(admin, book(RIGHT, headings=("Name", "Where", "Address", "Built")))

    assert response.status_code == 422
    assert {p.column for p in response.context["problems"]} == {"Compound name", "Community"}


def test_merged_cells_are_named(admin):
    response = send(admin, book(RIGHT, merge="B5:B6"))

    assert problems(response) == {(5, "B")}


def csv():
    return "小区名称,社区\n枫树湾,测试社区\n".encode("gb18030")


def with_macro():
    content = io.BytesIO(book(RIGHT))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (csv(), "小区.csv", "Only .xlsx is read"),
        (csv(), "小区.xlsx", "It is not an Excel file"),
        (with_macro(), "小区.xlsm", "Only .xlsx is read"),
        (book(RIGHT, name="Sheet1"), "小区.xlsx", "None of its sheets is called"),
        (book([]), "小区.xlsx", "There is no compound in it."),
        (b"", "小区.xlsx", "empty"),
    ],
)
def test_what_is_no_such_spreadsheet_is_said_beside_the_field(admin, content, name, said):
    response = send(admin, content, name)

    assert response.status_code == 422
    assert said in str(response.context["form"].errors["file"])
    assert opened() == set()


@pytest.mark.parametrize(("rows", "said"), [(2001, "more than 2,000 compounds"), (100_000, "more than 30,000 rows")])
def test_too_many_rows_are_refused(admin, rows, said):
    response = send(admin, book([[f"小区{n}", "测试社区", f"c{n}", ""] for n in range(rows)]))

    assert response.status_code == 422
    assert said in str(response.context["form"].errors["file"])


def test_an_address_taken_between_look_and_confirmation_opens_none(above, admin):
    looked = send(admin, book(RIGHT))
    Compound.objects.create(slug="xjmy", schema_name="c_xjmy", name="抢先", community=above.community)

    response = admin.post(looked.redirect_chain[-1][0])

    assert response.status_code == 409
    assert opened() == {"xjmy"}
    assert CompoundSheet.objects.get().confirmed_at is None


def test_it_is_confirmed_once_and_by_whoever_sent_it(above, admin):
    looked = send(admin, book(RIGHT))
    other = above.client("administer", "street")

    foreign = other.post(looked.redirect_chain[-1][0])
    answers = [admin.post(looked.redirect_chain[-1][0]).status_code for _ in range(2)]

    assert foreign.status_code == 404
    assert answers == [302, 409]
    assert len(opened()) == 3


def test_communities_outside_the_scope_are_not_there(above):
    Community.objects.create(district=above.district, name="街外社区")
    client = above.client("administer", "street")

    assert problems(send(client, book([["新苑", "街外社区", "", ""]]))) == {(2, "B")}


def test_two_communities_of_one_name_are_told_apart_by_the_form_only(above):
    other = above.district.__class__.objects.create(name="彼区")
    Community.objects.create(district=other, name="测试社区")
    found, wrong = compound_sheet.look(book(RIGHT), Community.objects.all())

    assert found == []
    assert {problem.column for problem in wrong} == {"B"}


@pytest.mark.parametrize("path", ["", "template/", "1/"])
def test_readers_open_nothing(above, path):
    client = above.client("read", "district")

    assert client.get(UPLOAD + path).status_code == 403
    assert client.get("/admin/registry/compound/opening/").status_code == 403


def test_two_confirmations_at_once_open_each_compound_once(committing):
    district = Community.objects.get(name="测试社区").district
    user = User.objects.create(username="a", display_name="甲", is_staff=True)
    Staff.objects.create(user=user, level="administer", district=district)
    looked = send(signed_in(user), book(RIGHT))
    clients = [signed_in(user), signed_in(user)]

    answers = at_once(2, lambda n: clients[n].post(looked.redirect_chain[-1][0]))

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert len(opened()) == 3


def test_two_lists_at_once_with_one_address_leave_one_of_them_whole(committing):
    community = Community.objects.get(name="测试社区")

    def reserve(n):
        rows = [registry_opening.as_row(slug=slug, name=slug, community_id=community.pk) for slug in (f"a{n}", "both")]
        try:
            registry_opening.reserve_each(rows)
        except registry_opening.AddressTaken as taken:
            return taken.facts["slug"]
        return ""

    assert sorted(at_once(2, reserve)) == ["", "both"]
    assert len(opened()) == 2
