"""Django writes the fourth of September as 09月4日."""

MONTH_DAY_FORMAT = "n月j日"
