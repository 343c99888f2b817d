"""Minutes as files: what stands in the rows stands in both, opened by the programs that people open them with."""

import os
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from docx.oxml.ns import qn

from compounds.jobs.files import LEASE, MAX_ATTEMPTS
from compounds.jobs.models import Due
from compounds.kernel import typesetting
from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context, current_schema
from consultation.documents import making, official_copy, reading_copy
from consultation.documents.content import Content, Section, content
from consultation.documents.wording import chinese_number, sentence
from consultation.models import Document, DocumentState, Issue, Minutes
from consultation.services import documents
from script import office
from tests.architecture.arranging import arranged, scenery  # noqa: F401 - two fixtures
from tests.consultation.handling import secretary
from tests.factories import PersonFactory

AWKWARD = Content(
    mark="北苑四方议事纪要",
    issuer="北苑党支部",
    issued_on="2026年11月20日",
    title="北苑第3次四方议事会议纪要",
    facts=[("时间", "2026年11月20日19:30"), ("主持", "张㛃")],
    sections=[Section("一、电梯 <w:b/> & #strong[x] {{ 7*7 }}", "议定结果：达成一致", ["更换导靴。" * 60])],
    lists=[("出席", "党支部：张㛃；物业公司：李𬭎"), ("请假", "无"), ("列席", "无")],
)


@pytest.fixture
def minutes(scenery) -> Iterator[Minutes]:  # noqa: F811
    """Those of the scenery, standing in its compound."""
    with compound_context("c_north"):
        yield Minutes.objects.select_related("meeting__convened_by").get()


def squeezed(text: str) -> str:
    """Without the breaks that a page puts into lines, nor its page numbers."""
    return "".join(text.split())


def by_office(body: bytes, folder: Path) -> str:
    """The text of an office document as LibreOffice lays it out."""
    (folder / "minutes.docx").write_bytes(body)
    program = os.environ.get("LINJULI_SOFFICE") or office.find_or_install()
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", "txt:Text", "--outdir", folder, folder / "minutes.docx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return squeezed((folder / "minutes.txt").read_text("utf-8-sig"))


def test_libreoffice_reads_every_row_of_the_minutes(minutes, tmp_path):
    said = content(minutes, compound_name="北苑")

    text = by_office(official_copy.make(said), tmp_path)

    assert [line for line in said.lines() if squeezed(line) not in text] == []


def test_the_content_is_what_the_rows_say(minutes):
    lines = "\n".join(content(minutes, compound_name="北苑").lines())

    decision = minutes.meeting.items.get().decision
    assert decision.text in lines
    assert str(decision.body) in lines
    assert all(a.person.name in lines for a in minutes.meeting.attendances.all())
    assert "党支部同意" in lines
    minutes.confirmations.filter(party="residents").delete()
    assert "：未确认。" in "\n".join(content(minutes, compound_name="北苑").lines())


def test_a_hidden_matter_is_not_told(minutes):
    Issue.objects.filter(agenda_items__meeting=minutes.meeting).update(openness="confidential")

    lines = "\n".join(content(minutes, compound_name="北苑").lines())

    assert "本事项不公开。" in lines
    assert minutes.meeting.items.get().decision.text not in lines


def test_awkward_words_and_rare_characters_stay_as_they_are(tmp_path):
    text = by_office(official_copy.make(AWKWARD), tmp_path)

    assert [line for line in AWKWARD.lines() if squeezed(line) not in text] == []


def test_the_form_names_the_fonts_of_the_standard_and_has_its_red_mark():
    paper = docx.Document(official_copy.template())

    fonts = {run.element.rPr.rFonts.get(qn("w:eastAsia")) for paragraph in paper.paragraphs for run in paragraph.runs}
    assert fonts == {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"}
    assert paper.paragraphs[0].runs[0].font.color.rgb == official_copy.RED
    assert 'w:color="FF0000"' in paper.element.xml, "the red line below the mark"
    assert not zipfile.ZipFile(BytesIO(official_copy.make(AWKWARD))).testzip()


def test_no_heading_stands_last_on_a_page():
    paper = docx.Document(BytesIO(official_copy.make(AWKWARD)))

    keeping = [paragraph.text for paragraph in paper.paragraphs if paragraph.paragraph_format.keep_with_next]
    assert keeping == [AWKWARD.sections[0].heading, AWKWARD.sections[0].result]


def test_without_a_number_none_is_printed():
    paper = docx.Document(BytesIO(official_copy.make(AWKWARD)))

    assert [paragraph.text for paragraph in paper.paragraphs][:2] == [AWKWARD.mark, f"{AWKWARD.issuer}\t2026年11月20日"]


def test_the_reading_copy_is_set_in_the_locked_fonts():
    folders = typesetting.font_folders()

    assert [len(list(folder.glob("*.otf"))) for folder in folders] == [1, 1]
    body = reading_copy.make(AWKWARD)
    assert body.startswith(b"%PDF")
    assert body.count(b"NotoSansCJK") >= 2


@pytest.mark.parametrize(("number", "written"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一")])
def test_numbers_before_headings(number, written):
    assert chinese_number(number) == written


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("没有意见", "没有意见。"),
        ("没有意见。", "没有意见。"),
        ("还要再看！", "还要再看！"),
        ("他说“不行。”", "他说“不行。”"),
        ("(见附件)", "(见附件)。"),
    ],
)
def test_a_sentence_has_one_full_stop(typed, printed):
    assert sentence(typed) == printed


class TestTheWorker:
    def test_issuing_orders_both_files_and_they_are_made_once(self, minutes):
        assert set(Document.objects.values_list("kind", "state")) == {("docx", "ready"), ("pdf", "ready")}
        for document in Document.objects.all():
            assert default_storage.size(document.path(current_schema())) == document.size
        assert making.make_waiting(timezone.now) == 0
        assert not Due.objects.filter(kind=making.KIND).exists()

    def test_what_a_dead_worker_left_is_made_after_its_lease(self, minutes):
        now = timezone.now()
        Document.objects.filter(kind="pdf").update(state=DocumentState.WORKING, leased_until=now, attempts=1)

        assert making.make_waiting(lambda: now) == 0, "the lease holds"
        assert making.make_waiting(lambda: now + LEASE) == 1

    def test_what_cannot_be_made_is_tried_five_times_then_shown_and_ordered_anew(self, minutes, monkeypatch):
        now = timezone.now()
        Document.objects.filter(kind="pdf").update(state=DocumentState.QUEUED, attempts=0)
        with monkeypatch.context() as broken:
            broken.setattr(reading_copy, "_FORM", Path("not there.typ"))
            for n in range(MAX_ATTEMPTS):
                making.make_waiting(lambda tries=n: now + tries * 2 * LEASE)
        failed = Document.objects.get(kind="pdf")
        assert (failed.state, failed.attempts, bool(failed.error)) == (DocumentState.FAILED, 5, True)

        documents.order(minutes)

        assert making.make_waiting(timezone.now) == 1

    def test_words_taken_out_while_it_is_made_have_it_made_anew(self, minutes, monkeypatch):
        """Somebody was erased when a worker had read the minutes: the old words are not handed out."""
        Document.objects.filter(kind="pdf").update(state=DocumentState.QUEUED)
        names = {"old": "石榴", "new": "已删除"}
        made = []

        def with_name(said):
            made.append(said.title)
            if len(made) == 1:
                documents.renew(Minutes.objects.filter(pk=minutes.pk))
            return names["old" if len(made) == 1 else "new"].encode()

        monkeypatch.setitem(making._MAKERS, "pdf", with_name)
        making.make_waiting(timezone.now)

        pdf = Document.objects.get(kind="pdf")
        with default_storage.open(pdf.path(current_schema())) as stored:
            assert (stored.read().decode(), pdf.state, len(made)) == (names["new"], DocumentState.READY, 2)

    def test_a_ready_document_has_a_file(self, minutes):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.update(size=0)


class TestHandingOut:
    def test_members_take_both_files(self, web, minutes):
        steward = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD]))

        for kind, start in (("docx", b"PK"), ("pdf", b"%PDF")):
            answer = steward.get(f"/meetings/{minutes.meeting.number}/minutes/documents/{kind}/")
            assert b"".join(answer.streaming_content).startswith(start)
        assert steward.get(f"/meetings/{minutes.meeting.number}/minutes/documents/exe/").status_code == 404

    def test_whoever_may_not_know_a_matter_gets_no_file_that_tells_of_it(self, web, minutes):
        Issue.objects.filter(agenda_items__meeting=minutes.meeting).update(openness="confidential")
        path = f"/meetings/{minutes.meeting.number}/minutes/documents/docx/"

        assert web(PersonFactory(posts=[PostKind.PROPERTY_STAFF])).get(path).status_code == 404
        inside = web(secretary()).get(path)
        assert inside.status_code == 200
        # Read to its end it is closed too; a second closing would close the test's connection.
        assert b"".join(inside.streaming_content)

    def test_nobody_without_a_login(self, anyone, minutes):
        assert anyone.get(f"/meetings/{minutes.meeting.number}/minutes/documents/docx/").status_code == 302
