"""People known in this compound, and the posts they hold."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models.places import Household
from compounds.organisation.models.settings import own_titles
from compounds.organisation.models.tree import Level, Unit


class PersonQuerySet(models.QuerySet["Person"]):
    def people(self) -> Self:
        """Everybody but the letter box."""
        return self.filter(letter_box=False)


class Person(TimeStamped):
    """Anyone known in this compound, with or without a login."""

    name = models.CharField(_("name"), max_length=60)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    # The one column that crosses the border to public; no constraint, since accounts are closed, never deleted.
    user_id = models.BigIntegerField(unique=True, null=True, blank=True, editable=False)
    # Written by the database function erase_person() only; the row stays for those that point to it.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The one row that stands as the writer of what residents send themselves: nobody, and in no list of people.
    letter_box = models.BooleanField(default=False, db_default=False, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter_box"], condition=models.Q(letter_box=True), name="one_letter_box"),
            models.CheckConstraint(
                condition=models.Q(letter_box=False)
                | models.Q(phone="", household__isnull=True, user_id__isnull=True, erased_at__isnull=True),
                name="letter_box_is_nobody",
            ),
        ]

    def __str__(self) -> str:
        return str(_("(erased)")) if self.erased_at else self.name

    @cached_property
    def serving(self) -> list["Post"]:
        """The posts this person holds today, with their units; read once per instance."""
        return list(self.posts.serving(timezone.localdate()).select_related("unit"))

    @property
    def kinds(self) -> frozenset[str]:
        """Which kinds of posts those are."""
        return frozenset(post.kind for post in self.serving)

    @property
    def masked_phone(self) -> str:
        """The phone number with its middle hidden, as it is shown everywhere."""
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) >= 7 else ""


class PostKind(models.TextChoices):
    GENERAL_SECRETARY = "general_secretary", _("general branch secretary")
    COMMUNITY_WORKER = "community_worker", _("community worker")
    GRID_WORKER = "grid_worker", _("grid worker")
    BRANCH_SECRETARY = "branch_secretary", _("branch secretary")
    BRANCH_COMMITTEE = "branch_committee", _("branch committee member")
    PARTY_MEMBER = "party_member", _("party member")
    BUILDING_STEWARD = "building_steward", _("building steward")
    NEIGHBOUR_LEAD = "neighbour_lead", _("neighbour lead")
    RESIDENTS_REP = "residents_rep", _("residents' representative")
    OWNERS_COMMITTEE = "owners_committee", _("owners' committee member")
    PROPERTY_STAFF = "property_staff", _("property company staff")
    VOLUNTEER_LEADER = "volunteer_leader", _("volunteer leader")


def post_title(kind: str) -> str:
    """What this kind of post is called in this compound, in the reader's language."""
    return str(own_titles().get(kind) or PostKind(kind).label)


# At which level of the tree a post stands, and which posts only one person holds at a time.
LEVEL_OF_POST: dict[PostKind, Level] = {
    PostKind.GENERAL_SECRETARY: Level.GENERAL_BRANCH,
    PostKind.COMMUNITY_WORKER: Level.GENERAL_BRANCH,
    PostKind.GRID_WORKER: Level.GENERAL_BRANCH,
    PostKind.BRANCH_SECRETARY: Level.BRANCH,
    PostKind.BRANCH_COMMITTEE: Level.BRANCH,
    PostKind.PARTY_MEMBER: Level.BRANCH,
    PostKind.RESIDENTS_REP: Level.BRANCH,
    PostKind.OWNERS_COMMITTEE: Level.BRANCH,
    PostKind.PROPERTY_STAFF: Level.BRANCH,
    PostKind.VOLUNTEER_LEADER: Level.BRANCH,
    PostKind.BUILDING_STEWARD: Level.BUILDING,
    PostKind.NEIGHBOUR_LEAD: Level.NEIGHBOUR_GROUP,
}
SINGLE_POSTS = (
    PostKind.GENERAL_SECRETARY,
    PostKind.BRANCH_SECRETARY,
    PostKind.BUILDING_STEWARD,
    PostKind.NEIGHBOUR_LEAD,
)


class DateRange(models.Func):
    """The half-open range of days from one column to another; an empty end means for ever."""

    function = "daterange"
    output_field = DateRangeField()


_TERM = DateRange("starts_on", "ends_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True))


class PostQuerySet(models.QuerySet["Post"]):
    def serving(self, on: date) -> Self:
        """In force on that day; the last day of a term counts."""
        return self.filter(starts_on__lte=on).exclude(ends_on__lt=on)


class Post(TimeStamped):
    """Who holds which post in which unit of the tree, from when to when (both days included)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", verbose_name=_("unit"))
    kind = models.CharField(_("post"), max_length=20, choices=PostKind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["unit__level", "unit__position", "kind", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="post_ends_after_it_starts",
                violation_error_message=_("A term cannot end before it starts."),
            ),
            ExclusionConstraint(
                name="post_once_per_person_and_unit",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (_TERM, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person holds that post in this time already."),
            ),
            ExclusionConstraint(
                name="single_post_has_one_holder",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (_TERM, RangeOperators.OVERLAPS),
                ],
                condition=models.Q(kind__in=[kind.value for kind in SINGLE_POSTS]),
                violation_error_message=_("Somebody else holds this post in this time. End that term first."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "starts_on"], name="post_by_kind")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_kind_display()} {self.person}"

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """The title that this compound gives the post; takes the place of Django's own."""
        return post_title(self.kind)
