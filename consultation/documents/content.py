"""What the minutes say, line by line, in the order of the 纪要 form of GB/T 9704-2012; both files are made of it.

The form is a Chinese one, so its words stand here in Chinese whatever language a reader has chosen.
"""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone, translation

from compounds.organisation.models import Level, Unit
from consultation import meetings, minutes_paper
from consultation.documents.item_lines import item_lines
from consultation.documents.wording import chinese_day, chinese_number, inside, sentence
from consultation.models import Minutes


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
        parts = [("此前承诺的落实情况", "", [*_done_first(paper), *_promises(paper.promises)])]
        if paper.read_out:
            parts.append(
                ("未到会者的意见（会上宣读）", "", [sentence(f"{o.name}：{o.statement}") for o in paper.read_out])
            )
        parts += [item_lines(line) for line in paper.lines]
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


def _done_first(paper: minutes_paper.Paper) -> list[str]:
    return [f"先处置后补议：{task.issue.title}，由{task.body}办理：{inside(task.task)}。" for task in paper.done_first]


def _promises(promises: meetings.EarlierPromises) -> list[str]:
    if not promises.bodies:
        return ["此前没有会议承诺事项。"]
    lines = [
        f"{body.body}：按期办结{body.kept}件，逾期{body.late}件，办理中{body.open}件。" for body in promises.bodies
    ]
    for task, title, _opens in promises.waiting:
        lines.append(f"{task.body}：{title}，承诺{chinese_day(task.due_on)}前办结。")
    return lines


def _confirmations(minutes: Minutes) -> list[str]:
    found = []
    for seat in minutes_paper.answers_to(minutes):
        if seat.vacancy:
            found.append(f"{seat.label}：席位空缺（{inside(seat.vacancy)}）。")
        elif seat.answer is None:
            found.append(f"{seat.label}：未确认。")
        else:
            remark = f"：{seat.answer.remark}" if seat.answer.remark else ""
            said = f"{seat.label}：{seat.answer.get_answer_display()}（{seat.answer.person.name}）{remark}"
            found.append(sentence(said) if remark else f"{said}。")
    return found


def _present(paper: minutes_paper.Paper) -> str:
    seats = []
    for seat in paper.present:
        who = f"席位空缺（{inside(seat.vacancy)}）" if seat.vacancy else seat.people or "无人到会"
        body = f"（{seat.filled_by}）" if seat.filled_by and seat.filled_by != str(seat.label) else ""
        seats.append(f"{seat.label}{body}：{who}")
    return "；".join(seats)
