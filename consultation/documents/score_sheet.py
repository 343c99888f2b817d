"""The pile of score sheets: one page a sheet, each with a code that belongs to nobody, set by typst.

The form is a Chinese one, so its words stand here in Chinese. The QR code holds the sheet's code and no address: it is
for a scanner at the desk where sheets are keyed in, and there is nothing for a phone to follow.
"""

import io
from pathlib import Path
from typing import Any

import segno

from compounds.kernel import typesetting
from consultation.documents.content import chinese_day, chinese_number
from consultation.models import ScoringRound, SubjectKind

_FORM = Path(__file__).with_name("score_sheet.typ")
_KINDS = {
    SubjectKind.PROCEDURE: "协商议事过程（通知、讨论、表态公道不公道）",
    SubjectKind.FEEDBACK: "结果反馈（办得怎样，说清楚、贴出来没有）",
}


def content(scoring: ScoringRound, codes: list[str], *, compound_name: str) -> dict[str, Any]:
    """What stands on the sheets."""
    closes_on = scoring.closes_on
    return {
        "title": f"{compound_name}{scoring.year}年第{chinese_number(scoring.quarter)}季度评定打分表",
        "until": chinese_day(closes_on) if closes_on else "",
        "matters": [_KINDS[SubjectKind(one.kind)] for one in scoring.subjects.filter(person=None)],
        "people": [str(one) for one in scoring.subjects.exclude(person=None).select_related("person")],
        "sheets": [{"code": code, "qr": _qr(code)} for code in codes],
    }


def make(content: dict[str, Any]) -> bytes:
    """The .pdf file, a page a sheet."""
    return typesetting.pdf(_FORM, pile=content)


def _qr(code: str) -> str:
    drawing = io.BytesIO()
    segno.make(code, error="m", micro=False).save(drawing, kind="svg", border=2)
    return drawing.getvalue().decode()
