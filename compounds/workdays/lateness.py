"""What is late: the one definition, for matters inside compounds and for the district's register of them.

A clock is a day, ``due_on``, which counts to its end; a clock in hours also has its moment, ``due_at``, and counts to
that. Whoever asks names a moment, or a day, which stands for its beginning.
"""

from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone


def past(at: date | datetime) -> Q:
    """The rows whose clock has run out by then."""
    return Q(due_at__lte=moment(at)) | Q(due_at__isnull=True, due_on__lt=day(at))


def is_past(due_on: date | None, due_at: datetime | None, at: date | datetime) -> bool:
    """The same of one row."""
    if due_at is not None:
        return due_at <= moment(at)
    return due_on is not None and due_on < day(at)


def moment(at: date | datetime) -> datetime:
    """The moment itself, or the beginning of a day here."""
    return at if isinstance(at, datetime) else timezone.make_aware(datetime.combine(at, time.min))


def day(at: date | datetime) -> date:
    """The day here in which a moment lies, or the day itself."""
    return timezone.localdate(at) if isinstance(at, datetime) else at
