"""Honours: their kinds, who was proposed, approved, posted and given one, with what reward."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Household, Person
from compounds.photos.models import Photo
from notices.models import Posting


class HonourFor(models.TextChoices):
    PERSON = "person", _("a person")
    HOUSEHOLD = "household", _("a household")


class SuggestBy(models.TextChoices):
    """From which figure people are suggested for it; nobody is honoured by a figure alone."""

    NOTHING = "", _("no suggestions")
    HOURS = "hours", _("hours served in the year")
    PARTY_HOURS = "party_hours", _("hours that party members served in the year")
    STEWARDSHIP = "stewardship", _("doors kept in touch with and matters brought")
    SCORING = "scoring", _("the quarterly scoring's awards")
    HELP = "help", _("help given to neighbours")


class HonourKind(TimeStamped):
    """One honour that this compound gives each year, such as 党员模范户 or 优秀楼栋长."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    given_to = models.CharField(_("given to"), max_length=9, choices=HonourFor.choices)
    suggest_by = models.CharField(_("suggested from"), max_length=11, choices=SuggestBy.choices, blank=True)
    # Hours, doors, times of help or awards: from this many on somebody is suggested.
    suggest_least = models.PositiveSmallIntegerField(_("from how many on"), default=1, db_default=1)
    # The certificate's sentence: what the compound thanks for.
    wording = models.CharField(_("words on the certificate"), max_length=300, blank=True)
    # A plain certificate of service is given without being posted for objections.
    posted = models.BooleanField(_("posted before it is given"), default=True, db_default=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(_("in use"), default=True, db_default=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="honour_kind_has_a_name")]

    def __str__(self) -> str:
        in_english = (get_language() or "").startswith("en") and self.name_en
        return self.name_en if in_english else self.name

    @property
    def least_in_words(self) -> str:
        """From how much on somebody is suggested, with its unit; empty where nobody is."""
        least = self.suggest_least
        match self.suggest_by:
            case SuggestBy.HOURS | SuggestBy.PARTY_HOURS:
                words = ngettext("at least %(n)s hour", "at least %(n)s hours", least)
            case SuggestBy.STEWARDSHIP:
                words = ngettext("at least %(n)s household", "at least %(n)s households", least)
            case SuggestBy.SCORING:
                words = ngettext("at least %(n)s quarter", "at least %(n)s quarters", least)
            case SuggestBy.HELP:
                words = ngettext("at least %(n)s time", "at least %(n)s times", least)
            case _:
                return ""
        return words % {"n": least}


class HonourState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved")
    POSTED = "posted", _("posted")
    GIVEN = "given", _("given")
    DROPPED = "dropped", _("dropped")
    # After it was given: the number stays, and whoever checks the certificate reads that it was withdrawn.
    WITHDRAWN = "withdrawn", pgettext_lazy("honour", "withdrawn")


UNDER_WAY = (HonourState.PROPOSED, HonourState.APPROVED, HonourState.POSTED)
ENDED = (HonourState.DROPPED, HonourState.WITHDRAWN)


class HonourQuerySet(models.QuerySet["Honour"]):
    def given(self) -> Self:
        return self.filter(state=HonourState.GIVEN)

    def under_way(self) -> Self:
        """On the way to be given."""
        return self.filter(state__in=UNDER_WAY)

    def standing(self) -> Self:
        """Neither dropped nor withdrawn."""
        return self.exclude(state__in=ENDED)

    def numbered(self) -> Self:
        """With a certificate, if only one that was withdrawn."""
        return self.filter(number__isnull=False)

    def of_year(self, year: int) -> Self:
        return self.filter(year=year)

    def told_by(self, posting_id: int) -> Self:
        """Put up by that posting."""
        return self.filter(posting=posting_id)

    def hung_out(self, on: date) -> Self:
        """Put up, and that time is over on the day."""
        return self.filter(state=HonourState.POSTED, posting__ends_on__lt=on)

    def to_give_at_once(self) -> Self:
        """Approved, of a kind that is not put up first."""
        return self.filter(state=HonourState.APPROVED, kind__posted=False)

    def with_receivers(self) -> Self:
        """With all that names them."""
        return self.select_related("kind", "person", "household__entrance__building__unit")


class Honour(TimeStamped):
    """One commendation of one person or household for one year, from the proposal to the certificate."""

    kind = models.ForeignKey(HonourKind, on_delete=models.PROTECT, related_name="honours", db_index=False)
    year = models.PositiveSmallIntegerField(_("year"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="honours")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="honours")
    reason = models.CharField(_("for what"), max_length=300)
    # The day on which they agreed to be named in public; empty: outside the compound's own pages no name is shown.
    agreed_on = models.DateField(_("agreed to be named in public"), null=True, blank=True)
    # How a household wants to be called; empty: by its entrance.
    family = models.CharField(_("what the family is called"), max_length=40, blank=True, db_default="")
    # The figures from which it was suggested, as they were then; empty: proposed from somebody's own knowledge.
    facts: Any = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=9, choices=HonourState.choices, default=HonourState.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    approved_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    # One posting for all honours that are put up together.
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="honours")
    given_on = models.DateField(_("given on"), null=True, blank=True)
    given_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Running within its year without gaps, and a code that nobody can guess: both on the certificate.
    number = models.PositiveIntegerField(null=True, blank=True)
    code = models.CharField(max_length=24, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    dropped_why = models.CharField(max_length=300, blank=True)
    # Material reward (物质奖励): what, worth how much (yuan), given by whom, and the signed receipt.
    reward = models.CharField(_("reward"), max_length=80, blank=True)
    reward_value = models.DecimalField(_("worth (yuan)"), max_digits=9, decimal_places=2, null=True, blank=True)
    reward_donor = models.CharField(_("given by"), max_length=80, blank=True)
    reward_received_on = models.DateField(_("received on"), null=True, blank=True)
    reward_receipt = models.ForeignKey(
        Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = HonourQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "kind__position", "number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, household__isnull=True)
                | Q(person__isnull=True, household__isnull=False),
                name="honour_is_for_a_person_or_a_household",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="honour_says_for_what"),
            models.UniqueConstraint(
                fields=["kind", "year", "person"],
                condition=~Q(state__in=["dropped", "withdrawn"]),
                name="person_is_honoured_once_a_year",
            ),
            models.UniqueConstraint(
                fields=["kind", "year", "household"],
                condition=~Q(state__in=["dropped", "withdrawn"]),
                name="household_is_honoured_once_a_year",
            ),
            models.UniqueConstraint(fields=["year", "number"], name="certificate_number_once"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="certificate_code_once"),
            models.CheckConstraint(
                condition=Q(state__in=["given", "withdrawn"])
                & Q(given_on__isnull=False, given_by__isnull=False, number__isnull=False)
                & ~Q(code="")
                | ~Q(state__in=["given", "withdrawn"])
                & Q(given_on__isnull=True, given_by__isnull=True, number__isnull=True, code=""),
                name="given_honour_has_number_and_code",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["dropped", "withdrawn"], dropped_at__isnull=False) & ~Q(dropped_why="")
                | ~Q(state__in=["dropped", "withdrawn"]) & Q(dropped_at__isnull=True, dropped_why=""),
                name="honour_is_dropped_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(reward_value__isnull=True) | Q(reward_value__gt=0) & ~Q(reward=""),
                name="reward_of_a_value_is_named",
            ),
            models.CheckConstraint(
                condition=Q(reward_received_on__isnull=True) | ~Q(reward="") & Q(reward_received_on__gte=F("given_on")),
                name="reward_is_received_once_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.kind}: {self.person or self.household}"

    def get_absolute_url(self) -> str:
        return reverse("honour", args=[self.pk])

    @property
    def certificate_number(self) -> str:
        """As it stands on the certificate: the year, and the place in it."""
        return f"{self.year}-{self.number:04d}" if self.number else ""
