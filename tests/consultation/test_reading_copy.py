"""The reading copy (PDF) as a reader finds it: its text is what stands in the rows, and its pages are whole."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pypdfium2
import pytest
from django.utils import timezone, translation

from compounds.organisation.models import Person, PostKind
from consultation.documents import reading_copy
from consultation.documents.content import Section, content
from consultation.documents.wording import chinese_day
from consultation.models import (
    AgendaItem,
    Answer,
    AttendanceKind,
    Confirmation,
    DecisionOutcome,
    Dissent,
    Meeting,
    Minutes,
    Party,
    Recusal,
    SignUp,
)
from consultation.services import attending, step3_meet
from consultation.services import minutes as writing
from consultation.services.step3_meet import Promise
from consultation.steps import Step
from tests.factories import BodyFactory, IssueFactory, PersonFactory, deliberator, four_seats

NOTICE = "阅读副本，以签发的正式文本（Word文档）为准"
REMARK = "费用公开后确认。"
LONG = "电梯井道导靴磨损严重并伴有夜间异响，需要更换导靴及减震垫并对轿厢重新调平；"
# In pixels at the scale at which the pages are drawn here: the form's margins, less what a bracket hangs out.
SCALE, SIDE = 0.5, 34


@pytest.fixture
def minutes(north) -> Minutes:
    """A full meeting: rare names, somebody excused, somebody attending, hands, dissent, recusal, a silent party."""
    secretary = PersonFactory(name="周支书", posts=[PostKind.BRANCH_SECRETARY])
    sitting = _four_parties()
    meeting = _met(sitting, by=secretary)
    lift, shed = meeting.items.all()
    _beside(shed, by=secretary)
    agreed = dict.fromkeys(Party, (Answer.AGREE, ""))
    step3_meet.decide(
        lift,
        outcome=DecisionOutcome.CONSENSUS,
        text="先停梯检查。\n\n一周内更换导靴。",
        answers=agreed | {Party.RESIDENTS: (Answer.RESERVATION, "夜里要再听一次。")},
        promise=Promise(BodyFactory(name="安居电梯维保"), timezone.localdate(), Decimal(300), "property_fee"),
        by=secretary,
    )
    step3_meet.decide(
        shed,
        outcome=DecisionOutcome.NO_CONSENSUS,
        text="费用没有谈拢",
        answers=agreed | {Party.OWNERS_COMMITTEE: (Answer.NO, "太贵")},
        promise=None,
        by=secretary,
    )
    _issued(meeting, sitting, by=secretary)
    return Minutes.objects.select_related("meeting__convened_by").get()


def _four_parties() -> dict[Party, Person]:
    four_seats(residents=1)
    sitting = {party: deliberator(party) for party in Party}
    sitting[Party.RESIDENTS].name, sitting[Party.PROPERTY_COMPANY].name = "张㛃", "李𬭎"
    for person in sitting.values():
        person.save()
    return sitting


def _met(sitting: dict[Party, Person], *, by: Person) -> Meeting:
    issues = [IssueFactory(step=Step.MEET, title=title, recorded_by=by) for title in ("电梯异响", "车棚改造")]
    meeting = step3_meet.convene(starts_at=timezone.now(), venue="活动室", issues=issues, by=by)
    for party, person in sitting.items():
        attending.sign_in(meeting, person, party=party, kind=AttendanceKind.DELIBERATOR, by=by)
    for kind, name in ((AttendanceKind.EXCUSED, "请假的老赵"), (AttendanceKind.OBSERVER, "旁听的小钱")):
        attending.sign_in(meeting, PersonFactory(name=name), party=None, kind=kind, by=by)
    SignUp.objects.create(
        meeting=meeting, name="邓大爷", statement="我上夜班", read_out_at=timezone.now(), read_out_by=by
    )
    return meeting


def _issued(meeting: Meeting, sitting: dict[Party, Person], *, by: Person) -> None:
    """Three parties have answered; of the fourth the branch heard nothing for a month."""
    drawn_up = writing.draw_up(meeting, by=by)
    given = dict.fromkeys((Party.BRANCH, Party.PROPERTY_COMPANY), (Confirmation.CONFIRMED, ""))
    for party, (answer, remark) in (given | {Party.RESIDENTS: (Confirmation.REMARK, REMARK)}).items():
        writing.confirm(drawn_up, party=party, answer=answer, remark=remark, person=sitting[party], by=by)
    Minutes.objects.update(drawn_up_on=timezone.localdate() - timedelta(days=30))
    writing.issue(drawn_up, by=by)


def _beside(item, *, by) -> None:
    seated = item.meeting.attendances.get(party=Party.OWNERS_COMMITTEE)
    AgendaItem.objects.filter(pk=item.pk).update(in_favour=7, against=2, abstained=1, hands_counted_by=by)
    Dissent.objects.create(item=item, text="应当先公示报价", recorded_by=by)
    Recusal.objects.create(
        item=item, attendance=item.meeting.attendances.get(party=Party.BRANCH), reason="是相邻住户。"
    )
    Dissent.objects.create(item=item, attendance=seated, text="三年内不该再改！", recorded_by=by)


def text_of(body: bytes) -> str:
    """What stands on the pages, without spaces, nor the notice and number that each page repeats."""
    pages = []
    for number, page in enumerate(pypdfium2.PdfDocument(body), start=1):
        text = "".join(page.get_textpage().get_text_range().split())
        assert text.startswith(NOTICE), "every page says that it is a reading copy"
        assert f"—{number}—" in text
        pages.append(text.removeprefix(NOTICE).replace(f"—{number}—", ""))
    return "".join(pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_row_of_a_full_meeting_stands_in_the_text(minutes):
    text = text_of(reading_copy.make(content(minutes, compound_name="北苑")))

    meeting = minutes.meeting
    assert f"北苑第{meeting.number}次四方议事会议纪要" in text
    assert f"主持：{meeting.convened_by.name}" in text
    present, excused = text.index("出席："), text.index("请假：")
    assert all(who.person.name in text[present:excused] for who in meeting.attendances.filter(kind="deliberator"))
    assert text[excused:].startswith("请假：请假的老赵列席：旁听的小钱")
    for item in meeting.items.all():
        assert squeezed(item.issue.title) in text
        assert squeezed(item.decision.text) in text
        with translation.override("zh-hans"):
            said = "；".join(f"{a.get_party_display()}{a.get_answer_display()}" for a in item.decision.answers.all())
        assert f"四方意见：{said}。" in text
    agreed = meeting.items.first().decision
    assert f"责任主体：{agreed.body}。办理时限：{chinese_day(agreed.due_on)}前。经费：预计300元" in text


def test_what_was_said_beside_an_agreement_stands_there_too(minutes):
    text = text_of(reading_copy.make(content(minutes, compound_name="北苑")))

    assert "举手情况：赞成7人，反对2人，弃权1人" in text
    assert "一名议事员持不同意见：应当先公示报价。" in text
    assert "持不同意见：三年内不该再改！" in text
    assert "回避：是相邻住户。" in text
    assert "居民代表保留意见：夜里要再听一次。" in text
    assert "邓大爷：我上夜班。" in text


def test_who_confirmed_with_what_words_and_who_did_not(minutes):
    text = text_of(reading_copy.make(content(minutes, compound_name="北苑")))

    assert f"（张㛃）：{REMARK}" in text
    assert "（李𬭎）。" in text
    assert "业委会：未确认。" in text
    assert "。。" not in text, "no doubled full stop"
    assert "！。" not in text


def test_a_number_is_printed_once_one_is_set(minutes):
    said = content(minutes, compound_name="北苑")
    number = "北苑纪要〔2026〕3号"

    assert number not in text_of(reading_copy.make(said))
    assert number in text_of(reading_copy.make(replace(said, number=number)))


def test_a_very_long_one_keeps_every_line_and_stays_within_its_margins(minutes):
    said = content(minutes, compound_name="北苑")
    sections = [
        Section(f"{n}、{LONG}", "议定结果：达成共识", [LONG * 12, "张㛃回避：当事人。"]) for n in "一二三四五六"
    ]
    names = "、".join(["张㛃", "李𬭎", "阿卜杜热合曼·麦麦提艾力江"] * 40)
    said = replace(said, title=LONG * 2, sections=sections, lists=[("出席", names), ("请假", names)])

    body = reading_copy.make(said)

    text = text_of(body)
    assert [line for line in said.lines() if squeezed(line) not in text] == []
    pages = list(pypdfium2.PdfDocument(body))
    assert len(pages) > 3
    for page in pages:
        picture = page.render(scale=SCALE).to_pil().convert("L")
        # Light is paper; the box holds all that is printed.
        left, top, right, bottom = picture.point(lambda shade: 255 if shade < 160 else 0).getbbox()
        assert left > SIDE
        assert right < picture.width - SIDE
        assert 0 < top < bottom < picture.height


def test_the_first_page_has_its_red_mark(minutes):
    page = pypdfium2.PdfDocument(reading_copy.make(content(minutes, compound_name="北苑")))[0]

    picture = page.render(scale=1).to_pil().convert("RGB")
    top = picture.crop((0, 0, picture.width, picture.height // 4))
    red = sum(count for count, (r, g, b) in top.getcolors(1 << 20) if r > 180 and g < 60 and b < 70)
    assert red > 1000
