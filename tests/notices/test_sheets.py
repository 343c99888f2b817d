"""Sheets to be printed: what stands on them is what stands in the rows, in large print, and a camera reads the code."""

from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from compounds.jobs.files import MAX_ATTEMPTS
from compounds.kernel import typesetting
from compounds.organisation.models import PostKind
from compounds.registry import short_links
from compounds.registry.context import compound_context, current_schema
from compounds.workdays import calendar
from consultation.models import AssignmentState, Openness
from consultation.services import step4_handle
from notices import file_making, file_sweeping, files, postings
from notices.models import (
    SHEETS,
    FileForm,
    FileState,
    NoticeState,
    Objection,
    ObjectionChannel,
    Posting,
    PostingFile,
    PostingKind,
)
from tests.committing import YARD, at_once
from tests.consultation.handling import secretary, task_at
from tests.factories import BuildingFactory, EntranceFactory, PersonFactory
from tests.notices.publishing.telling import notice_in
from tests.reading_codes import as_by_hand, breadth_of_code, codes_on, pages_of, texts_of

WORDS = "已更换导靴和减震垫，试运行三晚，没有再听到异响。"
LINK = "https://linjuli.example.gov.cn/q/abc2345"
# Largest letters that a page may begin with, smallest that it may ever have, in points: body text.
SMALLEST = {FileForm.A4: 16, FileForm.A3: 22, FileForm.ENTRANCES: 16}


@pytest.fixture
def origin(settings):
    settings.ORIGIN = "https://linjuli.example.gov.cn"


def two_buildings():
    return [
        EntranceFactory(building=building, number=number)
        for building in (BuildingFactory(number=81), BuildingFactory(number=82))
        for number in (1, 2)
    ]


def put_up(text=WORDS, title="电梯夜里异响", kind=PostingKind.COMPLETION):
    return postings.put_up(kind, title=title, text=text, today=timezone.localdate(), by=PersonFactory(name="李支书"))


def make(posting):
    file_making.make_waiting(timezone.now)
    return {row.form: row for row in posting.files.all()}


def body_of(row):
    return default_storage.open(row.path(current_schema())).read()


def drawn(form=FileForm.A4, **facts):
    """A sheet of the words alone."""
    words = {"kind": "completion", "title": "电梯", "text": WORDS} | facts
    posting = Posting(**words, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 9))
    return file_making.draw(posting, form, compound_name="北苑", link=LINK)


def letters_of(body):
    """The sizes in which the pages' characters are set, with how many are."""
    sizes: dict[float, int] = {}
    for page in pypdfium2.PdfDocument(body):
        text = page.get_textpage()
        for n in range(text.count_chars()):
            size = round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, n), 1)
            sizes[size] = sizes.get(size, 0) + 1
    return sizes


def body_size(body):
    """The size in which most is set."""
    sizes = letters_of(body)
    return max(sizes, key=sizes.__getitem__)


def test_the_worker_makes_them_with_the_picture(north):
    two_buildings()

    made = make(put_up())

    assert {form: row.state for form, row in made.items()} == dict.fromkeys(FileForm, FileState.READY)
    assert [pypdfium2.PdfDocument(body_of(made[form]))[0].get_size() for form in (FileForm.A4, FileForm.A3)] == [
        pytest.approx((595, 842), abs=1),
        pytest.approx((842, 1191), abs=1),
    ]


@pytest.mark.usefixtures("north")
@pytest.mark.parametrize("form", SHEETS)
def test_what_stands_on_it_is_what_stands_in_the_rows(origin, form):
    two_buildings()
    posting = put_up("更换导靴。\n旧件放在物业服务中心。")

    text = texts_of(body_of(make(posting)[form]))[0]

    code = files.short_link_of(posting).code
    for words in ("电梯夜里异响", "更换导靴。旧件放在物业服务中心。", "办理结果", "公示", f"q/{code}", "党支部"):
        assert words in text
    assert f"{posting.starts_on.year}年{posting.starts_on.month}月{posting.starts_on.day}日至" in text
    assert f"{posting.ends_on.month}月{posting.ends_on.day}日前（含当日）扫右边的码" in text
    assert "3个工作日内答复" in text
    assert "李支书" not in text
    assert "/c/north" not in text


def test_each_entrance_has_a_page_that_names_it(origin, north):
    entrances = two_buildings()

    pages = texts_of(body_of(make(put_up())[FileForm.ENTRANCES]))

    assert len(pages) == len(entrances)
    for page, entrance in zip(pages, entrances, strict=True):
        assert page.startswith(f"{entrance.building}{entrance.number}单元".replace(" ", ""))


def test_each_page_names_its_entrance_where_the_words_need_more_than_one(north):
    two_buildings()

    pages = texts_of(body_of(make(put_up(WORDS * 40))[FileForm.ENTRANCES]))

    a_copy = len(pages) // 4
    assert a_copy > 1
    assert [page.split("单元")[0] for page in pages[:a_copy]] == [pages[0].split("单元")[0]] * a_copy
    assert [f"第{n + 1}页，共{a_copy}页" in page for n, page in enumerate(pages[:a_copy])] == [True] * a_copy


def test_where_it_hangs_at_no_entrance_there_is_no_sheet_for_entrances(north):
    posting = put_up()

    assert set(make(posting)) == {FileForm.PICTURE, FileForm.A4, FileForm.A3}


@pytest.mark.usefixtures("north")
@pytest.mark.parametrize("form", [FileForm.A4, FileForm.A3])
@pytest.mark.parametrize(("times", "pages"), [(1, 1), (4, 1), (8, 1), (20, 2), (80, None)])
def test_letters_shrink_by_steps_and_then_it_goes_on_overleaf(form, times, pages):
    body = drawn(form, text="\n".join([WORDS] * times))

    texts = texts_of(body)

    assert body_size(body) >= SMALLEST[form]
    assert "".join(texts).count("没有再听到异响") == times
    assert pages in (None, len(texts))


@pytest.mark.usefixtures("north")
def test_few_words_stand_in_larger_letters_than_many():
    sizes = [body_size(drawn(text="\n".join([WORDS] * times))) for times in (3, 8, 30)]

    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3


@pytest.mark.usefixtures("north")
def test_one_endless_paragraph_is_broken_and_nothing_is_lost():
    texts = texts_of(drawn(text="楼" * 2000, title="题" * 120))

    assert "".join(texts).count("楼") == 2000 + 1, "and one in “building steward”"
    assert len(texts) > 1


@pytest.mark.usefixtures("north")
def test_rare_characters_and_what_looks_like_markup_are_printed_as_they_are():
    (text,) = texts_of(drawn(text="张㛃、李𬭎 #strong[x] $ * _ @a <b> \\ {{ 7*7 }}", title='"#quit()'))

    for words in ("张㛃、李𬭎", "#strong[x]$*_@a<b>\\{{7*7}}", '"#quit()'):
        assert words in text


@pytest.mark.usefixtures("north")
def test_objections_are_offered_where_they_are_taken():
    kinds = [kind for kind in PostingKind if kind != PostingKind.NOTICE]
    offered = {kind: "提异议" in texts_of(drawn(kind=kind))[0] for kind in kinds}

    assert offered == dict.fromkeys(kinds, True) | {PostingKind.REFUSAL: False}


@pytest.mark.usefixtures("north")
def test_a_notice_says_what_it_is_and_english_stands_below_where_there_is_some():
    (without,) = texts_of(sheet_of(notice_in(NoticeState.PUBLISHED)))
    (text,) = texts_of(sheet_of(notice_in(NoticeState.PUBLISHED, title_en="Saturday", text_en="Nine o'clock, garden.")))

    assert "通知" in without
    assert "提异议" not in without
    assert "garden" not in without
    assert text.index("中心花园见") < text.index("Saturday") < text.index("garden")


def sheet_of(notice):
    return file_making.draw(notice.posting, FileForm.A4, compound_name="北苑", link=LINK)


@pytest.mark.usefixtures("north")
@pytest.mark.parametrize("form", SHEETS)
@pytest.mark.parametrize(("turned", "blurred"), [(0, 0), (7, 1.5), (-12, 2.2)])
def test_a_camera_reads_the_code_though_it_is_held_badly(origin, form, turned, blurred):
    two_buildings()
    posting = put_up()
    link = short_links.short_path(files.short_link_of(posting))
    address = short_links.for_paper(f"https://linjuli.example.gov.cn{link}")

    pages = pages_of(body_of(make(posting)[form]))

    assert [codes_on(as_by_hand(page, turned=turned, blurred=blurred)) for page in pages] == [[address]] * len(pages)
    assert breadth_of_code(pages[0]) >= 35


def test_two_postings_have_two_codes(origin, north):
    codes = [codes_on(pages_of(body_of(make(put_up())[FileForm.A4]))[0])[0] for _n in range(2)]

    assert len(set(codes)) == 2


def test_without_an_address_to_lead_to_it_has_no_code(settings, north):
    settings.ORIGIN = ""

    (page,) = pages_of(body_of(make(put_up())[FileForm.A4]))

    assert codes_on(page) == []


def test_the_printed_code_leads_to_an_objection_that_is_answered_within_three_working_days(origin, north):
    task = task_at(AssignmentState.VERIFIED, title="电梯异响", openness=Openness.PUBLIC)
    posting = step4_handle.post_completion(task, text=WORDS, by=secretary())
    (address,) = codes_on(pages_of(body_of(make(posting)[FileForm.A4]))[0])
    neighbour = Client()

    page = neighbour.get(address.removeprefix("https://linjuli.example.gov.cn"), follow=True)
    objection = f"/c/north/board/postings/{posting.pk}/objection/"
    assert objection in page.text
    neighbour.post(objection, {"text": "昨晚还在响", "name": ""})

    row = Objection.objects.get()
    assert (row.posting, row.channel) == (posting, ObjectionChannel.BOARD)
    assert row.due_on == calendar.after(timezone.localdate(), 3).day


def test_members_print_it_and_nobody_else(web, anyone):
    posting = put_up()
    address = f"/postings/{posting.pk}/sheets/a4/"
    member = web(PersonFactory(posts=[PostKind.PARTY_MEMBER]))
    waiting = member.get(f"/postings/{posting.pk}/")
    assert member.get(address).status_code == 404

    make(posting)

    page, file = member.get(f"/postings/{posting.pk}/"), member.get(address)
    assert address not in waiting.text
    assert f"/c/north{address}" in page.text
    assert (file.status_code, file["Content-Type"]) == (200, "application/pdf")
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert [member.get(f"/postings/{posting.pk}/sheets/{form}/").status_code for form in ("picture", "a5")] == [404] * 2
    assert anyone.get(address).status_code == 302


def test_a_steward_prints_the_sheets_of_one_building(web, anyone, origin):
    mine, other = BuildingFactory(number=3), BuildingFactory(number=8)
    for building, number in ((mine, 1), (mine, 2), (other, 1)):
        EntranceFactory(building=building, number=number)
    posting = put_up()
    address = f"/postings/{posting.pk}/buildings/{{}}/sheets/"
    steward = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD]))
    EntranceFactory(building=BuildingFactory(number=9), number=1)

    page, file = steward.get(f"/postings/{posting.pk}/"), steward.get(address.format(mine.pk))

    assert f"/c/north{address.format(mine.pk)}" in page.text
    assert (file.status_code, file["Content-Type"]) == (200, "application/pdf")
    body = b"".join(file.streaming_content)
    assert [text.partition("单元")[0] for text in texts_of(body)] == ["3栋1", "3栋2"]
    assert all(code.startswith("https://linjuli.example.gov.cn/q/") for code in codes_on(pages_of(body)[0]))
    later = BuildingFactory(number=10)
    assert [steward.get(address.format(key)).status_code for key in (later.pk, 999_999)] == [404, 404]
    assert anyone.get(address.format(mine.pk)).status_code == 302


def test_the_page_says_when_nobody_makes_them(web):
    posting = put_up()
    client = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD]))
    words = "the service that makes them does not seem to be running"
    assert words not in client.get(f"/postings/{posting.pk}/").text

    PostingFile.objects.update(queued_at=timezone.now() - files.LONG - timedelta(seconds=1))

    assert words in client.get(f"/postings/{posting.pk}/").text
    make(posting)
    assert words not in client.get(f"/postings/{posting.pk}/").text


def test_one_that_cannot_be_made_says_so_and_the_branch_has_it_made_again(web, monkeypatch):
    posting = put_up()
    with monkeypatch.context() as broken:
        broken.setattr(file_making, "_SHEET", Path("not there.typ"))
        for _n in range(MAX_ATTEMPTS):
            PostingFile.objects.filter(state=FileState.WORKING).update(leased_until=timezone.now())
            file_making.make_waiting(timezone.now)
    assert posting.files.get(form=FileForm.A4).state == FileState.FAILED
    branch, steward = web(secretary()), web(PersonFactory(posts=[PostKind.BUILDING_STEWARD]))
    assert "The branch can have it made again." in steward.get(f"/postings/{posting.pk}/").text
    assert "Make the missing sheets" in branch.get(f"/postings/{posting.pk}/").text

    branch.post(f"/postings/{posting.pk}/share/")

    assert make(posting)[FileForm.A4].state == FileState.READY


def test_words_that_changed_have_it_made_anew(north):
    posting = put_up()
    make(posting)
    Posting.objects.filter(pk=posting.pk).update(text="另一种说法")

    files.renew_changed()

    assert not posting.files.ready().exists()
    assert "另一种说法" in texts_of(body_of(make(posting)[FileForm.A4]))[0]


def test_words_that_change_while_it_is_made_are_not_left_out(north, monkeypatch):
    posting = put_up()
    settle = typesetting.pdf

    def changed_meanwhile(form, **data):
        Posting.objects.filter(pk=posting.pk).update(text="另一种说法")
        return settle(form, **data)

    monkeypatch.setattr(typesetting, "pdf", changed_meanwhile)

    assert "另一种说法" in texts_of(body_of(make(posting)[FileForm.A4]))[0]
    assert posting.files.ready().count() == 3


def test_two_workers_make_each_once(committing):
    with compound_context(YARD):
        two_buildings()
        posting = put_up()

    def work(_n):
        with compound_context(YARD):
            return file_making.make_waiting(timezone.now)

    made = at_once(2, work)

    with compound_context(YARD):
        assert sum(made) == posting.files.ready().count() == len(FileForm)
        assert set(posting.files.values_list("attempts", flat=True)) == {1}


def test_the_night_removes_files_whose_posting_is_gone_and_has_lost_ones_made_anew(north):
    kept, gone = put_up(), put_up()
    left = make(kept)[FileForm.A4], next(iter(gone.files.filter(form=FileForm.A4)))
    paths = [row.path(current_schema()) for row in left]
    gone.delete()
    default_storage.delete(left[0].path(current_schema()))
    stray = default_storage.save(f"{current_schema()}/postings/0-a4.pdf", ContentFile(b"%PDF"))

    young = file_sweeping.sweep(timezone.now())
    there = default_storage.exists(paths[1])
    file_sweeping.sweep(timezone.now() + timedelta(days=2))

    assert (young, there) == (0, True), "what is young may be about to get its row"
    assert [default_storage.exists(path) for path in (*paths, stray)] == [False] * 3
    assert make(kept)[FileForm.A4].state == FileState.READY
    assert default_storage.exists(paths[0])


def test_the_page_costs_the_same_with_and_without_its_files(web, django_assert_max_num_queries):
    posting = put_up()
    client = web(PersonFactory(posts=[PostKind.PARTY_MEMBER]))
    make(posting)

    with django_assert_max_num_queries(22):
        client.get(f"/postings/{posting.pk}/")
