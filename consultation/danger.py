"""What was handed out in danger, before anybody could meet; the next meeting hears of it first (先处置后补议)."""

from django.db.models import Max

from compounds.organisation.models import Person
from consultation.models import Assignment, Issue, Meeting, Openness


def done_first(meeting: Meeting, person: Person | None) -> list[Assignment]:
    """What went out between the earlier meeting and this one; what is confidential comes before no meeting."""
    earlier = Meeting.objects.filter(number__lt=meeting.number).aggregate(last=Max("starts_at"))["last"]
    rows = Assignment.objects.filter(danger=True, created_at__lt=meeting.starts_at)
    if earlier:
        rows = rows.filter(created_at__gte=earlier)
    seen = Issue.objects.visible_to(person).exclude(openness=Openness.CONFIDENTIAL)
    return list(rows.filter(issue__in=seen).select_related("issue", "body").order_by("created_at", "pk"))
