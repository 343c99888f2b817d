"""What volunteers do: activities, planned, then held or cancelled, with the places they have."""

from datetime import date, datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from volunteers.models.partner import PartnerOrganisation
from volunteers.models.programme import Programme, Venue
from volunteers.models.team import Team


class ActivityKind(models.TextChoices):
    CLINIC = "clinic", _("free clinic")
    FESTIVAL = "festival", _("festival")
    CLASS = "class", _("public class")
    PATROL = "patrol", _("patrol")
    ANTI_FRAUD = "anti_fraud", _("against fraud")
    FIRE_SAFETY = "fire_safety", _("fire safety")
    EPIDEMIC = "epidemic", _("epidemic control")
    POLICY = "policy", _("explaining policies")
    CIVILITY = "civility", _("civility and environment")
    CARE = "care", _("help in hardship")
    OTHER = "other", _("another kind")


class ActivityState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class Repeat(models.TextChoices):
    NEVER = "", _("does not repeat")
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month, on the same weekday, such as the second Saturday")
    BY_DATE = "by_date", _("every month, on the same date")


class TimeRange(models.Func):
    """The half-open range of time from one column to another."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class ActivityQuerySet(models.QuerySet["Activity"]):
    def taking_place(self) -> Self:
        """Planned or held: what counts as an activity of its month."""
        return self.exclude(state=ActivityState.CANCELLED)

    def held(self) -> Self:
        return self.filter(state=ActivityState.HELD)

    def planned(self) -> Self:
        return self.filter(state=ActivityState.PLANNED)

    def coming(self, now: datetime) -> Self:
        """Planned, and not over."""
        return self.planned().filter(ends_at__gte=now)

    def over(self, now: datetime) -> Self:
        """Planned and past: nobody has said yet whether and how it was held."""
        return self.planned().filter(ends_at__lt=now)

    def in_public(self) -> Self:
        """What everybody may read of, without an account."""
        return self.filter(in_public=True)

    def without_place(self) -> Self:
        """Planned by its series for a time at which its venue was taken."""
        return self.filter(venue__isnull=True, place="")

    def series_heads(self) -> Self:
        return self.exclude(repeat=Repeat.NEVER)

    def at_the_same_time(self, venue: Venue, starts_at: datetime, ends_at: datetime) -> Self:
        """What the venue serves then."""
        return self.taking_place().filter(venue=venue, starts_at__lt=ends_at, ends_at__gt=starts_at)

    def on_days(self, first: date, last: date) -> Self:
        """Beginning on one of these local days, both included."""
        return self.filter(starts_at__date__gte=first, starts_at__date__lte=last)


class Activity(TimeStamped):
    """One activity (志愿活动): planned, then held with what came of it, or cancelled with a reason."""

    kind = models.CharField(_("kind"), max_length=11, choices=ActivityKind.choices)
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("programme"),
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("team")
    )
    partner = models.ForeignKey(
        PartnerOrganisation, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    title = models.CharField(_("title"), max_length=80)
    text = models.CharField(_("what awaits people"), max_length=1000, blank=True)
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="activities", db_index=False
    )
    # In words, where it is at no venue of ours: "in front of building 3".
    place = models.CharField(_("or another place, in words"), max_length=80, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    sign_up_until = models.DateTimeField(_("sign-up closes"))
    state = models.CharField(max_length=9, choices=ActivityState.choices, default=ActivityState.PLANNED)
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    # On the public board and in the compound's calendar; not so a visit to somebody's home.
    in_public = models.BooleanField(_("shown on the public board"), default=True, db_default=True)
    # Of the first one of a series; the others point to it.
    repeat = models.CharField(_("repeats"), max_length=7, choices=Repeat.choices, blank=True)
    repeat_until = models.DateField(_("repeats until"), null=True, blank=True)
    series = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers")
    # The plan's day within its series, so that each is planned once, also when it is moved afterwards; of the first one
    # too, from which the others' days are counted.
    series_on = models.DateField(null=True, blank=True)
    # When it was last moved; those who had a place were told.
    moved_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    cancelled_why = models.CharField(max_length=300, blank=True)
    # What came of it: how many were served, how many of them elderly (人次), in a few words.
    people_served = models.PositiveIntegerField(_("people served"), null=True, blank=True)
    elderly_served = models.PositiveIntegerField(_("elderly people among them"), null=True, blank=True)
    summary = models.CharField(_("what came of it"), max_length=1000, blank=True)
    # Keys of its photos in their order.
    photos = ArrayField(models.UUIDField(), default=list, db_default=[], blank=True)
    summed_up_at = models.DateTimeField(null=True, blank=True)
    summed_up_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Behind the QR code at the door, by which people tick themselves as there.
    door_key = models.CharField(max_length=16, blank=True)
    # From then on who came is settled, and the hours stand in the ledger.
    attendance_closed_at = models.DateTimeField(null=True, blank=True)
    attendance_closed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="activity_has_a_title"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="activity_ends_after_it_begins",
                violation_error_message=_("An activity ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(sign_up_until__lte=F("ends_at")),
                name="sign_up_closes_before_the_end",
                violation_error_message=_("Sign-up closes before the activity ends."),
            ),
            ExclusionConstraint(
                name="venue_serves_one_activity_at_a_time",
                expressions=[
                    ("venue", RangeOperators.EQUAL),
                    (TimeRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(venue__isnull=False) & ~Q(state="cancelled"),
                violation_error_message=_("This place is taken at that time by another activity."),
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False, cancelled_by__isnull=False)
                & ~Q(cancelled_why="")
                | ~Q(state="cancelled") & Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancelled_why=""),
                name="activity_is_cancelled_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="held", people_served__isnull=False)
                | ~Q(state="held") & Q(people_served__isnull=True, elderly_served__isnull=True),
                name="held_activity_says_how_many_it_served",
            ),
            models.CheckConstraint(
                condition=Q(elderly_served__isnull=True) | Q(elderly_served__lte=F("people_served")),
                name="elderly_are_among_those_served",
                violation_error_message=_("The elderly people are some of those served, not more."),
            ),
            models.UniqueConstraint(fields=["series", "series_on"], name="series_is_planned_once_a_day"),
            models.UniqueConstraint(fields=["door_key"], condition=~Q(door_key=""), name="door_key_once"),
            models.CheckConstraint(
                condition=Q(attendance_closed_at__isnull=True, attendance_closed_by__isnull=True)
                | Q(attendance_closed_at__isnull=False, attendance_closed_by__isnull=False),
                name="attendance_is_closed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="activities_by_time")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activity", args=[self.pk])

    @property
    def where(self) -> str:
        return " · ".join(str(part) for part in (self.venue, self.place) if part)

    @property
    def is_planned(self) -> bool:
        return self.state == ActivityState.PLANNED

    @property
    def is_held(self) -> bool:
        return self.state == ActivityState.HELD

    @property
    def is_cancelled(self) -> bool:
        return self.state == ActivityState.CANCELLED


class ForWhom(models.TextChoices):
    VOLUNTEERS = "volunteers", _("volunteers")
    RESIDENTS = "residents", _("residents")


class Slot(TimeStamped):
    """Places of one activity for one kind of people, perhaps for a part of its time."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="slots")
    for_whom = models.CharField(_("for whom"), max_length=10, choices=ForWhom.choices)
    # Empty where the activity has one slot for its kind of people.
    name = models.CharField(_("name"), max_length=40, blank=True)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    # Empty: as many as come.
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)

    class Meta:
        ordering = ["for_whom", "starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "for_whom", "name"], name="slot_once_per_activity"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="slot_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.get_for_whom_display()
