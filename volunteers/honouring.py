"""From which of the volunteers' own figures people are suggested for an honour."""

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compounds.organisation.models import Post, PostKind
from volunteers import suggesting
from volunteers.models import HelpOffer, OfferState, ServiceRecord, SuggestBy
from volunteers.suggesting import Figures


def hours(year: int) -> dict[int, Figures]:
    """The minutes of the year that a squad's leader approved, corrections and all."""
    rows = ServiceRecord.objects.approved().filter(served_on__year=year)
    sums = rows.order_by().values_list("volunteer__person").annotate(Sum("minutes"))
    return {person: {"value": minutes} for person, minutes in sums if minutes > 0}


def party_hours(year: int) -> dict[int, Figures]:
    """The same, of those who were party members here in the year."""
    served = Post.objects.filter(kind=PostKind.PARTY_MEMBER, starts_on__year__lte=year)
    members = set(served.exclude(ends_on__year__lt=year).values_list("person", flat=True))
    return {person: figures for person, figures in hours(year).items() if person in members}


def hours_in_words(facts: Figures) -> str:
    count = facts["value"] // 60
    return ngettext("%(count)s hour of voluntary service", "%(count)s hours of voluntary service", count) % {
        "count": count
    }


def help_given(year: int) -> dict[int, Figures]:
    """How often somebody helped a neighbour in the year, and how often that neighbour thanked them."""
    rows = HelpOffer.objects.filter(state=OfferState.DONE, request__closed_at__year=year).order_by()
    counts = rows.values_list("volunteer__person").annotate(
        done=Count("pk"), thanked=Count("pk", filter=Q(request__thanked_at__isnull=False))
    )
    return {person: {"value": done, "thanked": thanked} for person, done, thanked in counts}


def help_in_words(facts: Figures) -> str:
    count = facts["value"]
    said = ngettext("helped a neighbour %(count)s time", "helped neighbours %(count)s times", count) % {"count": count}
    if not facts.get("thanked"):
        return said
    thanked = ngettext("%(count)s word of thanks", "%(count)s words of thanks", facts["thanked"])
    return _("%(said)s, %(thanked)s") % {"said": said, "thanked": thanked % {"count": facts["thanked"]}}


suggesting.register(SuggestBy.HOURS, figures=hours, words=hours_in_words)
suggesting.register(SuggestBy.PARTY_HOURS, figures=party_hours, words=hours_in_words)
suggesting.register(SuggestBy.HELP, figures=help_given, words=help_in_words)
