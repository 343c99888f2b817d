"""The volunteers of 西郡佳园: since 2019, today, and in the coming weeks."""

from datetime import date

from demo.plans import XIJUN
from demo.volunteers import calendar, ground, history, people


def tell_volunteers(today: date) -> None:
    """Write history in bulk, then what lives."""
    teams = ground.lay()
    servings = people.enrol(XIJUN.slug, teams, today)
    ledger = history.Ledger.of(teams, servings)
    history.write(XIJUN.slug, calendar.held(XIJUN.slug, today), ledger, today)
