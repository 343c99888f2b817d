"""What the minutes say, line by line, in the order of the 纪要 form of GB/T 9704-2012; both files are made of it.

The form is a Chinese one, so its words stand here in Chinese whatever language a reader has chosen.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import timezone, translation

from compounds.organisation.models import Level, Unit
from consultation import meetings, minutes_paper
from consultation.models import Answer, Decision, Minutes

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Section:
    """One numbered part: its heading, what became of it (empty where nothing was decided), its paragraphs."""

    heading: str
    result: str
    paragraphs: list[str]


@dataclass(frozen=True)
class Content:
    """All lines of the paper. ``number`` is empty unless a document number is set: minutes need none."""

    mark: str
    issuer: str
    issued_on: str
    title: str
    facts: list[tuple[str, str]]
    sections: list[Section]
    lists: list[tuple[str, str]]
    number: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def lines(self) -> list[str]:
        """Every line that a reader finds in the file, for whoever compares the two."""
        found = [self.mark, self.issuer, self.issued_on, self.title]
        found += [f"{label}：{text}" for label, text in (*self.facts, *self.lists)]
        for section in self.sections:
            found += [line for line in (section.heading, section.result, *section.paragraphs) if line]
        return found


def content(minutes: Minutes, *, compound_name: str) -> Content:
    """The issued minutes as every member may read them."""
    with translation.override("zh-hans"):
        paper = minutes_paper.paper(minutes, None)
        meeting = minutes.meeting
        starts = timezone.localtime(meeting.starts_at)
        parts = [("此前承诺的落实情况", "", _promises(paper.promises)), *(_item(line) for line in paper.lines)]
        parts.append(("各方确认情况", "", _confirmations(minutes)))
        issued = timezone.localdate(minutes.issued_at) if minutes.issued_at else minutes.drawn_up_on
        return Content(
            mark=f"{compound_name}四方议事纪要",
            issuer=Unit.objects.get(level=Level.BRANCH).name,
            issued_on=chinese_day(issued),
            title=f"{compound_name}第{meeting.number}次四方议事会议纪要",
            facts=[
                ("时间", f"{chinese_day(starts.date())}{starts:%H:%M}"),
                ("地点", meeting.venue),
                ("主持", meeting.convened_by.name),
            ],
            sections=[
                Section(f"{chinese_number(n)}、{heading}", result, lines)
                for n, (heading, result, lines) in enumerate(parts, start=1)
            ],
            lists=[("出席", _present(paper)), ("请假", paper.excused or "无"), ("列席", paper.observers or "无")],
        )


def chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """1 to 99 as it stands before a heading."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _promises(promises: meetings.EarlierPromises) -> list[str]:
    if not promises.bodies:
        return ["此前没有会议承诺事项。"]
    lines = [
        f"{body.body}：按期办结{body.kept}件，逾期{body.late}件，办理中{body.open}件。" for body in promises.bodies
    ]
    for task, title, _opens in promises.waiting:
        lines.append(f"{task.body}：{title}，承诺{chinese_day(task.due_on)}前办结。")
    return lines


def _item(line: meetings.AgendaLine) -> tuple[str, str, list[str]]:
    decision = line.decision
    if not line.visible:
        return str(line.title), "", ["本事项不公开。"]
    if decision is None:
        return str(line.title), "", ["会前已作处理，未议。"]
    paragraphs = [decision.text]
    if decision.body:
        paragraphs.append(_promise(decision))
    answers = list(decision.answers.all())
    if answers:
        said = "，".join(f"{one.get_party_display()}{one.get_answer_display()}" for one in answers)
        paragraphs.append(f"四方意见：{said}。")
    for one in answers:
        if one.remark:
            kind = "保留意见" if one.answer == Answer.RESERVATION else "说明"
            paragraphs.append(f"{one.get_party_display()}{kind}：{one.remark}")
    paragraphs += [f"{r.attendance.person.name}回避：{r.reason}" for r in line.item.recusals.all()]
    return str(line.title), f"议定结果：{decision.get_outcome_display()}", paragraphs


def _promise(decision: Decision) -> str:
    cost = f"预计{decision.cost.normalize():f}元，" if decision.cost else ""
    day = chinese_day(decision.due_on) if decision.due_on else ""
    return f"责任主体：{decision.body}。办理时限：{day}前。经费：{cost}{decision.get_fund_source_display()}。"


def _confirmations(minutes: Minutes) -> list[str]:
    found = []
    for seat in minutes_paper.answers_to(minutes):
        if seat.vacancy:
            found.append(f"{seat.label}：席位空缺（{seat.vacancy}）。")
        elif seat.answer is None:
            found.append(f"{seat.label}：未确认。")
        else:
            remark = f"：{seat.answer.remark}" if seat.answer.remark else ""
            found.append(f"{seat.label}：{seat.answer.get_answer_display()}（{seat.answer.person.name}）{remark}。")
    return found


def _present(paper: minutes_paper.Paper) -> str:
    seats = []
    for seat in paper.present:
        who = f"席位空缺（{seat.vacancy}）" if seat.vacancy else seat.people or "无人到会"
        body = f"（{seat.filled_by}）" if seat.filled_by and seat.filled_by != str(seat.label) else ""
        seats.append(f"{seat.label}{body}：{who}")
    return "；".join(seats)
