"""Django writes the fourth of September as 09月4日, and 12,345 matters as 12345."""

MONTH_DAY_FORMAT = "n月j日"
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
