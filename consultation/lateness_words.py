"""How late a matter is, in words: in hours while its clock counts hours, else in days."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from consultation.models import Issue

_A_DAY = timedelta(days=1)


def late_words(issue: Issue, now: datetime) -> str:
    """Empty for what is not late."""
    if not issue.is_late(now):
        return ""
    if issue.due_at and now - issue.due_at < _A_DAY:
        hours = max(1, int((now - issue.due_at) / timedelta(hours=1)))
        return ngettext("%(n)s hour late", "%(n)s hours late", hours) % {"n": hours}
    days = max(1, issue.days_late(timezone.localdate(now)))
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
