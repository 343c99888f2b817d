"""Which postings of honours are told: all, and of those on them who still stands there, as they want to be called."""

from itertools import groupby

from django.db.models import Q

from notices.api.posted import About, register
from notices.models import Posting, PostingKind
from volunteers.models import Honour
from volunteers.services.honours_posted import text


def _about(rows: list[Posting]) -> dict[int, About]:
    told = Honour.objects.filter(posting__in=rows).standing().with_receivers()
    found = groupby(told.order_by("posting", "year", "kind__position", "kind", "pk"), key=lambda row: row.posting_id)
    words = {posting: text(list(honours)) for posting, honours in found}
    return {row.pk: About(text=words.get(row.pk, "")) for row in rows}


register([PostingKind.HONOUR], readable=lambda _caller: Q(), about=_about)
