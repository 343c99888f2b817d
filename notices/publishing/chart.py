"""A chart out of typed lines: ``刷单返利 34.62%`` is a bar, a line without a figure is a heading.

Drawn as bars from nought to the largest figure below the same heading, so that lengths can be compared.
"""

import re

from django.utils.translation import gettext as _

from compounds.oversight.charts.bars import Chart, Group, Row

MOST_BARS = 12
LONGEST_LABEL = 40
_LINE = re.compile(r"(?P<label>.*\S)[\s:：]+(?P<figure>\d{1,9}(?:\.\d{1,4})?)\s*(?P<unit>[%％]|[^\d\s]{0,6})")


class Unreadable(ValueError):
    """The lines make no chart; the message says why, for the one who typed them."""


def read(text: str) -> Chart | None:
    """The chart of these lines; None where there are none. Raises Unreadable."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return None
    groups: list[tuple[str, list[Row]]] = []
    for line in lines:
        found = _LINE.fullmatch(line)
        if not found:
            groups.append((_label(line), []))
            continue
        if not groups:
            groups.append(("", []))
        figure = f"{found['figure']}{found['unit']}"
        groups[-1][1].append(Row(_label(found["label"]), figure, ((float(found["figure"]),),)))
    if not all(rows for _heading, rows in groups):
        raise Unreadable(_("Each line needs a figure at its end, and each heading a line below it."))
    if sum(len(rows) for _heading, rows in groups) > MOST_BARS:
        raise Unreadable(_("At most %(count)s bars can still be read.") % {"count": MOST_BARS})
    return Chart(tuple(Group(tuple(rows), heading) for heading, rows in groups))


def _label(text: str) -> str:
    if len(text) > LONGEST_LABEL:
        raise Unreadable(_("“%(text)s…” is too long for a chart.") % {"text": text[:12]})
    return text
