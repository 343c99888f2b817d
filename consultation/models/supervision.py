"""An office above demands an answer about one matter by a date (督办); not to be confused with 催办, a nudge."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from compounds.registry.office import OfficeLevel
from consultation.models.issue import Issue


class SupervisionQuerySet(models.QuerySet["Supervision"]):
    def waiting(self) -> Self:
        """The branch has not answered yet, and the office still wants to know."""
        return self.filter(answered_at__isnull=True, closed_at__isnull=True)

    def open(self) -> Self:
        """The office has not settled it."""
        return self.filter(closed_at__isnull=True)

    def overdue(self, on: date) -> Self:
        return self.waiting().filter(answer_due_on__lt=on)

    def visible_to(self, person: Person | None) -> Self:
        """Demands about matters that this person may know of; None is somebody of the district."""
        return self.filter(issue__in=Issue.objects.visible_to(person))


class Supervision(TimeStamped):
    """One demand of one office: a question with a date, the branch's answer, and that the office has settled it."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="supervisions")
    level = models.CharField(max_length=9, choices=OfficeLevel.choices)
    # The office and whose hand it was, as it is printed: staff have no person here.
    office = models.CharField(max_length=140)
    question = models.CharField(_("question"), max_length=500)
    # The demand that this one follows up.
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_up_by"
    )
    # How many working days the office gave; empty in rows of before.
    working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    answer_due_on = models.DateField()
    answer_due_provisional = models.BooleanField(default=False, db_default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    answer = models.CharField(max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_for = models.CharField(max_length=140, blank=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "level"],
                condition=Q(closed_at__isnull=True),
                name="one_open_supervision_per_issue_and_level",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="supervision_is_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_for="") | (Q(closed_at__isnull=False) & ~Q(closed_for="")),
                name="supervision_is_closed_by_an_office",
            ),
        ]
        indexes = [models.Index(fields=["answer_due_on"], name="supervision_waiting", condition=Q(closed_at=None))]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.office}"

    def get_absolute_url(self) -> str:
        return reverse("supervision_answer", args=[self.pk])

    @property
    def office_name(self) -> str:
        """The office without whose hand it was."""
        return self.office.rpartition(" · ")[0] or self.office

    @property
    def state(self) -> str:
        """``waiting``, ``answered`` or ``closed``."""
        return "closed" if self.closed_at else "answered" if self.answered_at else "waiting"

    def days_late(self, on: date) -> int:
        return max(0, (on - self.answer_due_on).days) if self.state == "waiting" else 0
