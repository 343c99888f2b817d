"""Step 3: seats of the four parties, meetings, who sat for whom, and what they decided."""

from datetime import date
from typing import NamedTuple, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from compounds.organisation.models.people import DateRange
from consultation.models.body import ResponsibleBody
from consultation.models.issue import Issue
from consultation.steps import Step


class Party(models.TextChoices):
    BRANCH = "branch", _("Branch")
    PROPERTY_COMPANY = "property_company", _("Property company")
    OWNERS_COMMITTEE = "owners_committee", _("Owners' committee")
    RESIDENTS = "residents", _("Residents")


class LegalBasis(models.TextChoices):
    PARTY_RULES = "party_rules", _("party branch")
    CONTRACT = "contract", _("property service contract")
    OWNERS_COMMITTEE = "owners_committee", _("owners' committee")
    MANAGEMENT_COMMITTEE = "management_committee", _("property management committee")
    RESIDENTS_COMMITTEE = "residents_committee", _("residents' committee in its place")
    SELF_GOVERNED = "self_governed", _("self-governing group")
    REPRESENTATIVES = "representatives", _("elected residents' representatives")


class PartySeatQuerySet(models.QuerySet["PartySeat"]):
    def on(self, day: date) -> Self:
        return self.filter(starts_on__lte=day).exclude(ends_on__lt=day)


class PartySeat(TimeStamped):
    """Which body fills one party's seat, from when to when; or that it is vacant, and why."""

    party = models.CharField(max_length=20, choices=Party.choices)
    body = models.ForeignKey(ResponsibleBody, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    body_name = models.CharField(_("filled by"), max_length=80, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=24, choices=LegalBasis.choices, blank=True)
    vacant = models.BooleanField(_("vacant"), default=False)
    vacancy_reason = models.CharField(_("reason"), max_length=200, blank=True)
    # How many of its people must sit, without recusal, for a decision (domain: residents 3).
    minimum = models.PositiveSmallIntegerField(_("fewest people"), default=1)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = PartySeatQuerySet.as_manager()

    class Meta:
        ordering = ["party", "starts_on"]
        constraints = [
            ExclusionConstraint(
                name="seat_filled_once_at_a_time",
                expressions=[
                    ("party", RangeOperators.EQUAL),
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=(
                    Q(vacant=True, ends_on__isnull=False, body__isnull=True, body_name="") & ~Q(vacancy_reason="")
                )
                | (Q(vacant=False, vacancy_reason="") & ~Q(body_name="") & ~Q(legal_basis="")),
                name="seat_is_filled_or_vacant_with_reason_and_end",
            ),
            models.CheckConstraint(condition=Q(minimum__gte=1), name="seat_needs_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()}: {self.body_name or self.vacancy_reason}"


class DeliberatorQuerySet(models.QuerySet["Deliberator"]):
    def serving(self, on: date) -> Self:
        return self.filter(starts_on__lte=on).exclude(ends_on__lt=on)


class Deliberator(TimeStamped):
    """One member of the council (百姓议事堂), with the party they sit for, from when to when."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deliberator_terms")
    party = models.CharField(max_length=20, choices=Party.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DeliberatorQuerySet.as_manager()

    class Meta:
        ordering = ["party", "person__name"]
        constraints = [
            ExclusionConstraint(
                name="deliberator_sits_for_one_party",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_party_display()})"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def held(self) -> Self:
        return self.filter(minutes__isnull=False)

    def ahead(self) -> Self:
        return self.filter(minutes__isnull=True, cancelled_at__isnull=True)

    def cancelled(self) -> Self:
        return self.filter(cancelled_at__isnull=False)


class Meeting(TimeStamped):
    """One four-party consultation. It lasts until its minutes are drawn up, or it is cancelled before."""

    number = models.PositiveIntegerField(unique=True)
    starts_at = models.DateTimeField(_("when"))
    venue = models.CharField(_("where"), max_length=80)
    convened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    cancel_reason = models.CharField(_("reason"), max_length=200, blank=True, default="", db_default="")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancel_reason="")
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason="")),
                name="meeting_cancelled_by_somebody_with_reason",
            )
        ]

    def __str__(self) -> str:
        return _("Four-party meeting no. %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.number])


class AttendanceKind(models.TextChoices):
    DELIBERATOR = "deliberator", _("deliberator")
    INVITED = "invited", _("invited")
    OBSERVER = "observer", _("attending without a seat")
    EXCUSED = "excused", _("excused")


# Which kinds sit for their party and count for its seat.
SEATED = (AttendanceKind.DELIBERATOR, AttendanceKind.INVITED)


class Attendance(TimeStamped):
    """One person at one meeting: signed in for exactly one party, attending without a seat, or excused."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    kind = models.CharField(max_length=12, choices=AttendanceKind.choices)
    party = models.CharField(max_length=20, choices=Party.choices, blank=True)
    signed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="signs_in_once_for_one_party"),
            models.CheckConstraint(
                condition=(Q(kind__in=["deliberator", "invited"]) & ~Q(party=""))
                | Q(kind="observer", party="")
                | Q(kind="excused"),
                name="who_sits_sits_for_a_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.person}"


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def open(self) -> Self:
        """Nothing has become of it yet, and the matter still waits for the four parties."""
        return self.filter(decision__isnull=True, issue__step=Step.MEET, meeting__cancelled_at__isnull=True)

    def waiting(self) -> Self:
        """What keeps a matter off other agendas: its meeting is still on, its agreement is not issued yet, a party's
        written consent is missing, or the owners vote."""
        undecided = Q(decision__isnull=True, meeting__minutes__isnull=True, meeting__cancelled_at__isnull=True)
        agreed = Q(decision__outcome="consensus", meeting__minutes__issued_at__isnull=True)
        asked = Q(decision__outcome="provisional") | Q(decision__owners_vote__result="")
        return self.filter(undecided | agreed | asked)


class Hands(NamedTuple):
    """How many raised their hands. They never replace the seats' answers."""

    in_favour: int
    against: int
    abstained: int


class AgendaItem(TimeStamped):
    """One matter on one meeting's agenda, and how many hands were raised for it, if any were counted."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items", db_index=False)
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    minutes_planned = models.PositiveSmallIntegerField(default=15)
    in_favour = models.PositiveSmallIntegerField(null=True, blank=True)
    against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(null=True, blank=True)
    hands_counted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "issue"], name="matter_once_per_agenda"),
            models.UniqueConstraint(fields=["meeting", "position"], name="position_once_per_agenda"),
            models.CheckConstraint(
                condition=Q(in_favour=None, against=None, abstained=None, hands_counted_by=None)
                | ~(Q(in_favour=None) | Q(against=None) | Q(abstained=None) | Q(hands_counted_by=None)),
                name="hands_counted_whole_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.position}"

    def get_absolute_url(self) -> str:
        return reverse("agenda_item", args=[self.meeting.number, self.position])

    @property
    def hands(self) -> Hands | None:
        """The show of hands, where one was counted."""
        if self.in_favour is None or self.against is None or self.abstained is None:
            return None
        return Hands(self.in_favour, self.against, self.abstained)


class Recusal(TimeStamped):
    """One person steps back from one item. People recuse; a party does not."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="recusals", db_index=False)
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="recusals")
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "attendance"], name="recuses_once_per_item")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.attendance_id}"
