"""Which postings are told: of matters those that one may know of, of scoring all."""

from django.db.models import Q

from compounds.organisation.api import Caller
from consultation.api.sight import issues_for
from consultation.models import Assignment, Reopening, ScoringCorrection, ScoringRound
from notices.api.posted import About, register
from notices.models import Posting, PostingKind


def _of_matters(caller: Caller) -> Q:
    issues = issues_for(caller).values("pk")
    tasks = Assignment.objects.filter(issue__in=issues)
    refused = Reopening.objects.filter(issue__in=issues, posting__isnull=False)
    return (
        Q(pk__in=tasks.filter(result_posting__isnull=False).values("result_posting"))
        | Q(pk__in=tasks.filter(completion_posting__isnull=False).values("completion_posting"))
        | Q(pk__in=refused.values("posting"))
    )


def _about_matters(rows: list[Posting]) -> dict[int, About]:
    tasks = Assignment.objects.order_by()
    pairs = [
        *tasks.filter(result_posting__in=rows).values_list("result_posting", "issue__number"),
        *tasks.filter(completion_posting__in=rows).values_list("completion_posting", "issue__number"),
        *Reopening.objects.filter(posting__in=rows).order_by().values_list("posting", "issue__number"),
    ]
    return {posting: About(issue=number) for posting, number in pairs}


def _about_scoring(rows: list[Posting]) -> dict[int, About]:
    told = list(ScoringRound.objects.filter(posting__in=rows))
    corrected = ScoringCorrection.objects.filter(posting__in=rows).select_related("round")
    pairs = [*((one.posting_id, one) for one in told), *((one.posting_id, one.round) for one in corrected)]
    return {posting: About(scoring=scoring.label) for posting, scoring in pairs if posting}


def _of_scoring(_caller: Caller) -> Q:
    first = ScoringRound.objects.filter(posting__isnull=False).values("posting")
    return Q(pk__in=first) | Q(pk__in=ScoringCorrection.objects.values("posting"))


register([PostingKind.RESULT, PostingKind.COMPLETION, PostingKind.REFUSAL], readable=_of_matters, about=_about_matters)
register([PostingKind.SCORING], readable=_of_scoring, about=_about_scoring)
