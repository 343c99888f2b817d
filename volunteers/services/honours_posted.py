"""Putting honours up before they are given, several in one posting, and answering what is objected.

An objection that waits holds back everybody who hangs there; one that is upheld drops those whom it is about.
"""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from django.db import transaction
from django.utils import timezone, translation

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from notices import postings
from notices.models import Objection, ObjectionState, Posting, PostingKind
from volunteers.errors.honours import HonourMoved, HonourObjectionAnswered, NotAgreed, NothingChosen
from volunteers.honoured import may_be_named, name_for_members, name_in_public
from volunteers.models import Honour, HonourState
from volunteers.services.honours import end, locked, require_state

_TITLE, _TEXT = 120, 2000


@transaction.atomic
def put_up(honours: Iterable[Honour], *, today: date, by: Person) -> Posting:
    """One posting for all of them, everywhere, for the usual period.

    Raises NothingChosen, HonourMoved, and NotAgreed for people who have not agreed to be named.
    """
    rows = locked(honours)
    for row in rows:
        require_state(row, HonourState.APPROVED)
        if not row.kind.posted:
            raise HonourMoved(name=name_for_members(row), state=row.get_state_display())
    if silent := [name_for_members(row) for row in rows if row.person and not may_be_named(row)]:
        raise NotAgreed(names="、".join(silent[:5]))
    rows.sort(key=_order)
    posting = postings.put_up(PostingKind.HONOUR, title=title(rows), text=text(rows), today=today, by=by)
    for row in rows:
        row.state, row.posting = HonourState.POSTED, posting
        row.save(update_fields=["state", "posting", "updated_at"])
    touch("honours")
    return posting


def word_anew(posting_id: int) -> None:
    """The sheet says what it said, as they want to be called now. Call it in a transaction."""
    rows = sorted(Honour.objects.told_by(posting_id).with_receivers(), key=_order)
    Posting.objects.filter(pk=posting_id).update(text=text(rows), updated_at=timezone.now())


def _order(honour: Honour) -> tuple[int, int, int, int]:
    return (honour.year, honour.kind.position, honour.kind_id, honour.pk)


def title(honours: list[Honour]) -> str:
    """What the sheet is called; it hangs in Chinese, whatever language anybody has chosen."""
    years = sorted({row.year for row in honours})
    kinds = list(dict.fromkeys(row.kind.name for row in honours))
    head = "、".join(f"{year}年度" for year in years) + "拟表彰名单："
    return postings.shortened(head + "、".join(kinds), _TITLE)


def text(honours: list[Honour]) -> str:
    """Who is to be honoured for what; where that is too long for one sheet, who only."""
    whole = "\n".join(_lines(honours, lambda name, row: f"{name}：{row.reason.rstrip('。')}。"))
    if len(whole) <= _TEXT:
        return whole
    return postings.shortened("\n".join(_lines(honours, lambda name, _row: name)), _TEXT)


def _lines(honours: list[Honour], say: Callable[[str, Honour], str]) -> list[str]:
    lines = ["经推荐和支部批准，拟表彰以下邻居，现向大家公示。谁觉得不妥，公示期内都可以提出。"]
    with translation.override("zh-hans"):
        for kind, rows in groupby(honours, key=lambda row: row.kind.name):
            lines.append(f"【{kind}】")
            lines += [say(name_in_public(row), row) for row in rows]
    return lines


@transaction.atomic
def uphold(objection: Objection, *, against: Iterable[Honour], answer: str, by: Person) -> Objection:
    """It is right about these: they are dropped, for the reason given; the others hang on.

    Raises HonourObjectionAnswered, NothingChosen, HonourMoved.
    """
    rows, objection = _locked(objection)
    chosen = {honour.pk for honour in against}
    about = [row for row in rows if row.pk in chosen]
    if not about:
        raise NothingChosen
    for row in about:
        require_state(row, HonourState.POSTED)
        end(row, HonourState.DROPPED, why=answer[:300], by=by)
    return _answer(objection, ObjectionState.UPHELD, answer=answer, by=by)


@transaction.atomic
def dismiss(objection: Objection, *, answer: str, by: Person) -> Objection:
    """It is not right, for the reason given. Raises HonourObjectionAnswered."""
    _rows, objection = _locked(objection)
    return _answer(objection, ObjectionState.DISMISSED, answer=answer, by=by)


def _locked(objection: Objection) -> tuple[list[Honour], Objection]:
    # The honours first, so that an answer and the night's giving come one after the other.
    rows = locked(Honour.objects.told_by(objection.posting_id))
    objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if objection.state != ObjectionState.OPEN:
        raise HonourObjectionAnswered(answer=objection.answer)
    return rows, objection


def _answer(objection: Objection, state: ObjectionState, *, answer: str, by: Person) -> Objection:
    objection.state, objection.answer = state, answer
    objection.answered_at, objection.answered_by = timezone.now(), by
    objection.save(update_fields=["state", "answer", "answered_at", "answered_by", "updated_at"])
    touch("objections")
    return objection
