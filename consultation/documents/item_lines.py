"""What the minutes say of one item: the result, what was agreed, who does it by when, and every voice beside it."""

from collections.abc import Iterator

from consultation import meetings
from consultation.documents.wording import chinese_day, inside, sentence
from consultation.models import Answer, Decision, SeatAnswer


def item_lines(line: meetings.AgendaLine) -> tuple[str, str, list[str]]:
    """Its heading, its result (empty where nothing was decided), its paragraphs."""
    decision = line.decision
    if not line.visible:
        return str(line.title), "", ["本事项不公开。"]
    if decision is None:
        return str(line.title), "", ["会前已作处理，未议。"]
    paragraphs = [*_decided(decision), *_answers(decision.spoken), *_beside(line), *_later(decision)]
    return str(line.title), f"议定结果：{decision.get_outcome_display()}", paragraphs


def _decided(decision: Decision) -> Iterator[str]:
    # Each line that was typed is a paragraph of its own.
    yield from (text.strip() for text in decision.text.splitlines() if text.strip())
    if decision.body:
        cost = f"预计{decision.cost.normalize():f}元，" if decision.cost else ""
        day = f"办理时限：{chinese_day(decision.due_on)}前。" if decision.due_on else ""
        yield f"责任主体：{decision.body}。{day}经费：{cost}{decision.get_fund_source_display()}。"
    if decision.emergency_repair:
        yield "本项属应急维修，依照《民法典》第二百八十一条使用维修资金，由业委会申请。"


def _answers(answers: list[SeatAnswer]) -> Iterator[str]:
    if answers:
        said = "；".join(f"{one.get_party_display()}{one.get_answer_display()}" for one in answers)
        yield f"四方意见：{said}。"
    for one in answers:
        if one.remark:
            kind = "保留意见" if one.answer == Answer.RESERVATION else "说明"
            yield sentence(f"{one.get_party_display()}{kind}：{one.remark}")


def _beside(line: meetings.AgendaLine) -> Iterator[str]:
    if hands := line.item.hands:
        yield f"举手情况：赞成{hands.in_favour}人，反对{hands.against}人，弃权{hands.abstained}人（不代替四方意见）。"
    for one in line.item.dissents.all():
        who = one.attendance.person.name if one.attendance else "一名议事员"
        yield sentence(f"{who}持不同意见：{one.text}")
    for recusal in line.item.recusals.all():
        yield sentence(f"{recusal.attendance.person.name}回避：{recusal.reason}")


def _later(decision: Decision) -> Iterator[str]:
    """What was answered in writing, or is asked of the owners."""
    for one in decision.answers.all():
        if one.given_on is None or one.given_by is None:
            continue
        said = "书面同意" if one.agrees else "书面不同意"
        remark = sentence(f"：{one.remark}") if one.remark else "。"
        yield f"{one.get_party_display()}未到会，{chinese_day(one.given_on)}{said}（{one.given_by.name}）{remark}"
    if vote := getattr(decision, "owners_vote", None):
        days = f"{chinese_day(vote.ballot_from)}至{chinese_day(vote.ballot_until)}"
        result = f"结果：{vote.get_result_display()}。" if vote.result else ""
        yield f"提请业主大会表决（{days}）：{inside(vote.question)}。{result}"
