"""How long figures are kept: every day of the last year, the last day of each month for ever."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from compounds.oversight.models import Recount

DAYS_KEPT = 400
RECOUNTS_KEPT = timedelta(days=3)


def forget_old(now: datetime) -> None:
    """Two statements; the last row that a compound has in a month stays, and so the comparison of quarters does."""
    Recount.objects.filter(at__lt=now - RECOUNTS_KEPT).delete()
    before = timezone.localdate(now) - timedelta(days=DAYS_KEPT)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM public.oversight_compoundfigures AS old WHERE day < %s AND EXISTS ("
            "SELECT 1 FROM public.oversight_compoundfigures AS later WHERE later.compound_id = old.compound_id "
            "AND later.day > old.day AND date_trunc('month', later.day) = date_trunc('month', old.day))",
            [before],
        )
