"""One matter, from first word to closing, and its append-only history."""

from datetime import date, datetime
from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Building, Entrance, Person, PostKind, Unit
from compounds.organisation.policies import BRANCH
from compounds.photos.models import Photo
from compounds.workdays.lateness import is_past, past
from consultation.models.body import ResponsibleBody
from consultation.models.category import Category, Openness
from consultation.steps import OPEN, Step


class Outcome(models.TextChoices):
    SOLVED = "solved", _("solved")
    PARTLY = "partly", _("partly solved")
    PLANNED = "planned", _("planned for later")
    NOT_OURS = "not_ours", _("not ours")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DUPLICATE = "duplicate", _("duplicate")


class Channel(models.TextChoices):
    """How a matter came to the branch."""

    SPOKEN = "spoken", _("said to somebody who serves here")
    LETTER = "letter", _("sent by the QR code")
    # 党员建言献策
    SUGGESTION = "suggestion", _("a party member's suggestion")


class IssueQuerySet(models.QuerySet["Issue"]):
    def open(self) -> Self:
        return self.filter(step__in=OPEN)

    def overdue(self, at: date | datetime) -> Self:
        """Late by their clock. What is on hold is not, since its clock stands still; an outside one goes on."""
        return self.open().filter(~self._waits() | Q(due_outside=True)).filter(past(at))

    def visible_to(self, person: Person | None) -> Self:
        """What this member may know of; None is a reader of the district, who sees what every member sees."""
        if person and (BRANCH | {PostKind.GENERAL_SECRETARY}) & person.kinds:
            return self.all()
        mine = Q(recorded_by=person) if person else Q(pk__in=[])
        known = self.filter(~Q(openness=Openness.CONFIDENTIAL) | mine)
        if person and person.kinds <= {PostKind.PROPERTY_STAFF}:
            # Until the steward has put it into a sentence, a resident's own words are its title too.
            known = known.exclude(Q(report__isnull=False, report__completed_at=None) & ~mine)
        return known

    def unreported(self) -> Self:
        """What must be reported to an authority and was not yet; not what was withdrawn or written down twice."""
        return self.filter(category__must_report=True, mandatory_report__isnull=True).exclude(
            outcome__in=[Outcome.WITHDRAWN, Outcome.DUPLICATE]
        )

    def on_board(self) -> Self:
        """What everybody may read: public matters that the branch has made known by listing them, or acted on."""
        return (
            self.filter(openness=Openness.PUBLIC)
            .exclude(step__in=[Step.VISIT, Step.PROPOSE, Step.REFERRED])
            .filter(
                Q(step__in=[Step.MEET, Step.HANDLE, Step.EVALUATE])
                | Q(list_entries__issue_list__published_at__isnull=False)
                # Simple and dangerous matters are handed out without a list; once closed they stay readable.
                | Q(assignments__isnull=False)
            )
            .distinct()
        )

    def in_a_sentence(self) -> Self:
        """Until the steward has put a report into a sentence, a resident's own words are its title too."""
        return self.filter(Q(report__isnull=True) | Q(report__completed_at__isnull=False))

    def with_place(self) -> Self:
        return self.select_related(
            "category", "building__unit", "entrance__building__unit", "owner_unit", "owner_body", "answerable_body"
        )

    def with_hold(self) -> Self:
        """With ``on_hold``: whether its clock stands still."""
        return self.annotate(on_hold=self._waits())

    def not_on_hold(self) -> Self:
        return self.filter(~self._waits())

    def _waits(self) -> models.Exists:
        held = IssueQuerySet(self.model).filter(holds__isnull=False, holds__ended_at__isnull=True)
        return models.Exists(held.filter(pk=models.OuterRef("pk")))

    def with_voices(self) -> Self:
        """With ``households_behind``: how many doors stand behind it."""
        return self.annotate(households_behind=models.Count("voices__household", distinct=True))


class Issue(TimeStamped):
    """One matter: a problem, a conflict or a need. ``step`` is written by ``flow.advance`` only."""

    number = models.CharField(_("number"), max_length=12, unique=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=80)
    said = models.TextField(_("what was said"), max_length=2000)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="issues", verbose_name=_("category"))
    openness = models.CharField(max_length=12, choices=Openness.choices, default=Openness.PUBLIC)
    channel = models.CharField(
        max_length=10, choices=Channel.choices, default=Channel.SPOKEN, db_default=Channel.SPOKEN
    )
    # Place: as much of it as is known; the door is for the branch's eyes.
    building = models.ForeignKey(Building, on_delete=models.PROTECT, null=True, blank=True, related_name="issues")
    entrance = models.ForeignKey(Entrance, on_delete=models.PROTECT, null=True, blank=True, related_name="issues")
    place_note = models.CharField(_("place"), max_length=80, blank=True)
    spoken_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recorded_issues")
    witnessed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.VISIT)
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_issues")
    owner_body = models.ForeignKey(
        ResponsibleBody, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_issues"
    )
    due_on = models.DateField(null=True, blank=True)
    due_provisional = models.BooleanField(default=False)
    # What is due is derived by ``services.clock`` from what follows. The moment of a clock in hours, or from outside:
    due_at = models.DateTimeField(null=True, blank=True)
    # An outside deadline has taken the place of ours; a hold does not stop it.
    due_outside = models.BooleanField(default=False, db_default=False)
    # Our own clock: so many working days after a day (0: that day, as promised), or up to a moment.
    clock_from = models.DateField(null=True, blank=True)
    clock_days = models.PositiveIntegerField(null=True, blank=True)
    clock_until = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    # One sheet is written down once, however often it is sent.
    sheet = models.UUIDField(unique=True, null=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Whose it is, when it is not ours.
    answerable_body = models.ForeignKey(
        ResponsibleBody, on_delete=models.PROTECT, null=True, blank=True, related_name="answerable_for"
    )

    objects = IssueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="issue_number_once_a_year"),
            models.CheckConstraint(
                condition=(Q(step="closed") & ~Q(outcome="") & Q(closed_at__isnull=False))
                | (~Q(step="closed") & Q(outcome="", closed_at__isnull=True)),
                name="closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(step="closed")
                | Q(owner_unit__isnull=False, owner_body__isnull=True)
                | Q(owner_unit__isnull=True, owner_body__isnull=False),
                name="open_issue_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(answerable_body__isnull=True) | Q(outcome="not_ours"), name="not_ours_names_whose_it_is"
            ),
        ]
        indexes = [
            models.Index(fields=["step", "-updated_at"], name="issue_by_step"),
            models.Index(fields=["-updated_at", "-id"], name="issue_newest_first"),
            # ``icontains`` compares in upper case.
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="issue_title_trigrams"),
            GinIndex(OpClass(Upper("said"), name="gin_trgm_ops"), name="issue_said_trigrams"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("issue", args=[self.number])

    @property
    def place(self) -> str:
        """Building and entrance, never the door."""
        known = self.entrance or self.building
        return " · ".join(part for part in (str(known) if known else "", self.place_note) if part)

    @property
    def owner(self) -> Unit | ResponsibleBody | None:
        return self.owner_unit or self.owner_body

    @property
    def clock_runs(self) -> bool:
        """Whether its clock goes on, as far as was asked for (``with_hold``)."""
        return self.step in OPEN and (self.due_outside or not getattr(self, "on_hold", False))

    def is_late(self, at: date | datetime) -> bool:
        """The same as ``overdue`` of one matter."""
        return self.clock_runs and is_past(self.due_on, self.due_at, at)

    def days_late(self, on: date) -> int:
        """How many days ago it was due; nothing is late on hold."""
        return max(0, (on - self.due_on).days) if self.due_on and self.clock_runs else 0


class IssuePhoto(TimeStamped):
    """One photo of a matter."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="photos")
    photo = models.OneToOneField(Photo, on_delete=models.PROTECT, related_name="issue_photo")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return str(self.photo_id)


class StepRecord(models.Model):
    """One move of an issue. Rows are only added; a trigger refuses anything else."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="records")
    from_step = models.CharField(max_length=10, choices=Step.choices, blank=True)
    to_step = models.CharField(max_length=10, choices=Step.choices)
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # The office above that moved it, in place of a person: the district's people have none here.
    moved_for = models.CharField(max_length=140, blank=True, db_default="")
    note = models.CharField(max_length=500, blank=True)
    # Of a closing: kept here too, since a reopened matter has none.
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, db_default="")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(moved_by__isnull=False, moved_for="") | (Q(moved_by__isnull=True) & ~Q(moved_for="")),
                name="moved_by_a_person_or_an_office",
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.from_step} → {self.to_step}"

    @property
    def who(self) -> str:
        """Whose move it was, in words."""
        return str(self.moved_by or self.moved_for)
