"""Safety, law, petition: such matters are reported to an authority within hours, and late reporting shows."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import NotReportable, ReportedAlready, leads_to
from consultation.models import Issue, MandatoryReport
from consultation.models.must_report import due_at


@transaction.atomic
def report(issue: Issue, *, to: str, reported_at: datetime, note: str, by: Person) -> MandatoryReport:
    """Write down that the authority was told, and when. Raises NotReportable, ReportedAlready."""
    require_reportable(issue)
    try:
        with transaction.atomic():
            row = MandatoryReport.objects.create(
                issue=issue, reported_to=to, note=note, due_at=due_at(issue), reported_at=reported_at, recorded_by=by
            )
    except IntegrityError as error:
        raise _reported(MandatoryReport.objects.select_related("recorded_by", "issue").get(issue=issue)) from error
    touch("reports")
    return row


def require_reportable(issue: Issue) -> None:
    """Raise NotReportable or ReportedAlready unless this matter has to be reported still."""
    if not issue.category.must_report:
        raise NotReportable(category=str(issue.category), actions=[leads_to(_("See the matter"), issue)])
    earlier = MandatoryReport.objects.filter(issue=issue).select_related("recorded_by", "issue").first()
    if earlier:
        raise _reported(earlier)


def _reported(row: MandatoryReport) -> ReportedAlready:
    see = [leads_to(_("See the matter"), row.issue)]
    return ReportedAlready(name=row.recorded_by.name, to=row.reported_to, actions=see)
