"""What notices and postings have in common: they hang for some days."""

from typing import Any

from compounds.partners.filtering import DayFilter, Filters


class HangingFilters(Filters):
    """Of rows with a queryset method ``up(day)``."""

    up_on = DayFilter(method="hanging", help_text="Those that hang on that day.")

    def hanging(self, rows: Any, name: str, value: Any) -> Any:
        return rows.up(value)
