"""Step 4: minutes that bind once issued, assignments, and somebody who went and looked."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from compounds.photos.models import Photo
from consultation.models.body import ResponsibleBody
from consultation.models.decision import Decision
from consultation.models.issue import Issue
from consultation.models.step3_meet import Meeting, Party
from notices.models import Posting


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def waiting(self) -> Self:
        """Drawn up, not issued yet."""
        return self.filter(issued_at__isnull=True)


class Minutes(TimeStamped):
    """The minutes (纪要) of one meeting. From ``issued_at`` on its decisions bind."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    drawn_up_on = models.DateField()
    drawn_up_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = MinutesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, issued_by__isnull=True)
                | Q(issued_at__isnull=False, issued_by__isnull=False),
                name="minutes_issued_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return _("Minutes of meeting no. %(number)s") % {"number": self.meeting.number}

    def get_absolute_url(self) -> str:
        return reverse("minutes", args=[self.meeting.number])


class Confirmation(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    REMARK = "remark", _("confirmed with a remark")
    DECLINED = "declined", _("declined")


class MinutesConfirmation(TimeStamped):
    """One seat's answer to the minutes: who gave it, and who wrote it down."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="confirmations", db_index=False)
    party = models.CharField(max_length=20, choices=Party.choices)
    answer = models.CharField(max_length=10, choices=Confirmation.choices)
    remark = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "party"], name="one_confirmation_per_seat"),
            models.CheckConstraint(
                condition=Q(answer="confirmed") | ~Q(remark=""), name="remark_or_refusal_is_spelled_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}: {self.party} {self.answer}"


class AssignmentState(models.TextChoices):
    HANDED_OUT = "handed_out", _("handed out")
    ACCEPTED = "accepted", _("accepted")
    DONE = "done", _("reported done")
    VERIFIED = "verified", _("verified")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("taken back")


# What nobody works on any more.
ENDED = (AssignmentState.VERIFIED, AssignmentState.WITHDRAWN)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def unfinished(self) -> Self:
        return self.exclude(state__in=ENDED)

    def standing(self) -> Self:
        """What still counts as promised: all but what the branch took back."""
        return self.exclude(state=AssignmentState.WITHDRAWN)

    def visible_to(self, person: Person | None) -> Self:
        """The tasks of matters that this member may know of."""
        return self.filter(issue__in=Issue.objects.visible_to(person))

    def told_by(self, posting: int) -> Self:
        """The task whose agreement or completion that posting tells of."""
        return self.filter(Q(result_posting=posting) | Q(completion_posting=posting))

    def overdue(self, on: date) -> Self:
        """Promised for an earlier day and not reported done."""
        return self.standing().filter(reported_at__isnull=True, due_on__lt=on)


class Assignment(TimeStamped):
    """One body's promise to handle one matter by a day."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="assignments")
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="assignment"
    )
    body = models.ForeignKey(ResponsibleBody, on_delete=models.PROTECT, related_name="assignments")
    task = models.CharField(max_length=1000)
    due_on = models.DateField()
    # Handed out before any meeting because of danger: reported to the next one (先处置后补议).
    danger = models.BooleanField(default=False, db_default=False)
    state = models.CharField(max_length=10, choices=AssignmentState.choices, default=AssignmentState.HANDED_OUT)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    report = models.CharField(_("what was done"), max_length=1000, blank=True)
    result_posting = models.OneToOneField(
        Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="assignment_of_result"
    )
    completion_posting = models.OneToOneField(
        Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="assignment_of_completion"
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="handed_out", accepted_at__isnull=True, reported_at__isnull=True)
                | Q(state="accepted", accepted_at__isnull=False, reported_at__isnull=True)
                # Given back, taken back: maybe accepted before, never reported done.
                | Q(state__in=["returned", "withdrawn"], reported_at__isnull=True)
                | Q(state__in=["done", "verified"], accepted_at__isnull=False, reported_at__isnull=False),
                name="assignment_state_has_its_times",
            ),
            models.CheckConstraint(
                condition=Q(danger=False) | Q(decision__isnull=True), name="danger_waits_for_no_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.body}"

    def get_absolute_url(self) -> str:
        return reverse("assignment", args=[self.pk])

    @property
    def kept(self) -> bool | None:
        """Whether the promise was kept in time; None while it is open."""
        return None if self.reported_at is None else timezone.localdate(self.reported_at) <= self.due_on


class Verification(TimeStamped):
    """Somebody went and looked on the spot (核实), with a photo, and found it done or not."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="verifications")
    passed = models.BooleanField()
    note = models.CharField(max_length=500, blank=True)
    photo = models.OneToOneField(Photo, on_delete=models.PROTECT, related_name="verification")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(passed=True) | ~Q(note=""), name="what_is_missing_is_spelled_out")
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.passed}"
