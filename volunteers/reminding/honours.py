"""Of what people are told about honours: proposals that wait for somebody's word, once for each day's."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from compounds.organisation.models import PostKind
from compounds.workdays.lateness import moment
from notices import reminders
from notices.reminders import Occasion
from notices.reminding.roster import Roster
from volunteers.models import Honour, HonourState

# Days after which what was proposed on one day is brought to mind; the day itself stands on "my day".
_AFTER = timedelta(days=2)


def _waiting(_now: datetime, until: datetime) -> Iterable[Occasion]:
    proposers: dict[date, list[int]] = defaultdict(list)
    rows = Honour.objects.filter(state=HonourState.PROPOSED).order_by("created_at")
    for created_at, proposer in rows.values_list("created_at", "proposed_by"):
        proposers[timezone.localdate(created_at)].append(proposer)
    for on, people in proposers.items():
        at = moment(on + _AFTER)
        if at <= until:
            yield Occasion(f"{on}", at, ("honours_approve",), {"count": len(people)}, about=set(people))


def _who_approves(occasion: Occasion, roster: Roster) -> Iterable[int]:
    """The branch secretary; for what the secretary proposed, the general branch's."""
    secretary = set(roster.secretary())
    if occasion.about - secretary:
        yield from secretary
    if occasion.about & secretary:
        yield from roster.holding({PostKind.GENERAL_SECRETARY})


def _text(facts: dict[str, Any]) -> str:
    said = ngettext(
        "%(count)s proposal for an honour waits for your word.",
        "%(count)s proposals for honours wait for your word.",
        facts["count"],
    )
    return said % facts


reminders.register(
    "honour_to_approve",
    title=gettext_lazy("Honours to approve"),
    due=_waiting,
    recipients=_who_approves,
    text=_text,
)
