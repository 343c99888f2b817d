"""What happens to a task on its way: reports, returns, urging, and the link of a handler without an account."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from consultation.models.body import ResponsibleBody
from consultation.models.step4_handle import Assignment

# Wrong answers to the link's question, after which it is locked.
MOST_WRONG_ANSWERS = 5


class HandlerLinkQuerySet(models.QuerySet["HandlerLink"]):
    def valid(self, now: datetime) -> Self:
        """Not called back, not expired, not locked."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now, wrong_answers__lt=MOST_WRONG_ANSWERS)


class HandlerLink(TimeStamped):
    """A handler's way to report on one task without an account. Only a hash of its token is kept."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="handler_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    wrong_answers = models.PositiveSmallIntegerField(default=0)

    objects = HandlerLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(revoked_at__isnull=True), name="one_handler_link_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.expires_at:%Y-%m-%d}"

    def state(self, now: datetime) -> str:
        """``valid``, ``revoked``, ``expired`` or ``locked``."""
        if self.revoked_at:
            return "revoked"
        if self.wrong_answers >= MOST_WRONG_ANSWERS:
            return "locked"
        return "valid" if self.expires_at > now else "expired"


class UseResult(models.TextChoices):
    PROGRESS = "progress", _("reported progress")
    DONE = "done", _("reported done")
    WRONG = "wrong", _("wrong digits")
    RANG = "rang", _("looked at phone numbers")


class HandlerLinkUse(models.Model):
    """One use of a handler's link: when, under which name, and what came of it. Only added, never changed."""

    link = models.ForeignKey(HandlerLink, on_delete=models.PROTECT, related_name="uses")
    at = models.DateTimeField()
    name = models.CharField(max_length=60)
    result = models.CharField(max_length=8, choices=UseResult.choices)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.link_id}: {self.result}"


class ReportKind(models.TextChoices):
    PROGRESS = "progress", _("progress")
    DONE = "done", _("done")


class AssignmentReport(models.Model):
    """One report about a task, by a member or through a handler's link. Only added: a failed look erases nothing."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=8, choices=ReportKind.choices)
    text = models.CharField(max_length=1000)
    # Keys of the photos that came with it, in their order.
    photos = ArrayField(models.UUIDField(), default=list, db_default=[], blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    link = models.ForeignKey(HandlerLink, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    handler_name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False, link__isnull=True, handler_name="")
                | (Q(by__isnull=True, link__isnull=False) & ~Q(handler_name="")),
                name="report_by_a_member_or_through_a_link",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="report_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.kind}"

    @property
    def who(self) -> str:
        """The name that stands under it."""
        return self.by.name if self.by else self.handler_name


class ReturnAnswer(models.TextChoices):
    AGAIN = "again", _("handed out again")
    PROPOSE = "propose", _("back to the branch's sorting")
    MEET = "meet", _("back to the four parties")


class AssignmentReturnQuerySet(models.QuerySet["AssignmentReturn"]):
    def waiting(self) -> Self:
        """The branch has not decided yet."""
        return self.filter(answered_at__isnull=True)


class AssignmentReturn(TimeStamped):
    """A body gave a task back (退单) and said why; the branch decides what becomes of it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="returns")
    # Who gave it back, and the day promised then: the task itself may go to somebody else.
    body = models.ForeignKey(ResponsibleBody, on_delete=models.PROTECT, related_name="+", db_index=False)
    due_on = models.DateField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    answer = models.CharField(max_length=8, choices=ReturnAnswer.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = AssignmentReturnQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(answered_at__isnull=True), name="one_return_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="return_answered_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="return_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.answer or 'waiting'}"


class Nudge(models.Model):
    """One urging (催办) to get on with a task: by somebody at the board (``by`` empty), or by the branch."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="nudges")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            # What strangers write would be read by handlers: from the board only the urging itself is taken.
            models.CheckConstraint(condition=Q(by__isnull=False) | Q(words=""), name="the_boards_nudge_has_no_words")
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.at:%Y-%m-%d}"
