"""How matters are named in addresses: a number such as 2026-0001 and nothing else reaches the database."""

from django.urls import register_converter


class IssueNumberConverter:
    """2026-0001: year and serial number."""

    regex = r"[0-9]{4}-[0-9]{4,7}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(IssueNumberConverter, "issue")


class QuarterConverter:
    """2026-Q4: a year and its quarter."""

    regex = r"[0-9]{4}-Q[1-4]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(QuarterConverter, "quarter")
