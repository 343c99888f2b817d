"""Step 2: the branch sorts each matter and puts it on the issue list (社区协商议事项目清单)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from consultation.models.issue import Issue


class Urgency(models.TextChoices):
    CAN_WAIT = "can_wait", _("can wait")
    SOON = "soon", _("soon")
    URGENT = "urgent", _("urgent")


class Concerns(models.TextChoices):
    ANYONE = "anyone", _("anyone")
    FAMILIES = "families", _("families with small children")
    FRAIL = "frail", _("elderly, ill or disabled people")


class Served(models.TextChoices):
    ONE_BODY = "one_body", _("one body alone")
    SEVERAL = "several", _("several parties")
    OWNERS_MONEY = "owners_money", _("common parts or owners' money")


class Difficulty(models.TextChoices):
    SIMPLE = "simple", _("simple")
    MODERATE = "moderate", _("takes some work")
    HARD = "hard", _("hard")


class Route(models.TextChoices):
    DIRECT = "direct", _("hand out directly")
    MEETING = "meeting", _("four parties' meeting")
    OWNERS_VOTE = "owners_vote", _("owners' vote")


class Proposal(TimeStamped):
    """One sorting of one matter by the article's six criteria. The newest counts; earlier ones stay readable."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="proposals")
    urgency = models.CharField(_("how urgent"), max_length=10, choices=Urgency.choices)
    concerns = models.CharField(_("whom it concerns"), max_length=10, choices=Concerns.choices)
    served = models.CharField(_("who must serve"), max_length=14, choices=Served.choices)
    working_days = models.PositiveSmallIntegerField(_("working days it should take"))
    difficulty = models.CharField(_("difficulty"), max_length=10, choices=Difficulty.choices)
    suggestion = models.CharField(_("what the branch suggests"), max_length=500)
    households = models.PositiveIntegerField()
    waiting_days = models.PositiveIntegerField()
    score = models.PositiveSmallIntegerField()
    route = models.CharField(max_length=12, choices=Route.choices)
    # The weights it was made with; empty: the district's default.
    weights = models.JSONField(default=dict, blank=True, db_default={})
    sorted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.score}"


class IssueListQuerySet(models.QuerySet["IssueList"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)


class IssueList(TimeStamped):
    """One edition of the issue list. It grows as a draft and never changes once published."""

    edition = models.PositiveIntegerField(unique=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = IssueListQuerySet.as_manager()

    class Meta:
        ordering = ["-edition"]
        constraints = [
            models.UniqueConstraint(
                models.F("published_at"),
                condition=Q(published_at__isnull=True),
                nulls_distinct=False,
                name="one_draft_list_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="list_published_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return _("Issue list no. %(edition)s") % {"edition": self.edition}

    def get_absolute_url(self) -> str:
        return reverse("issue_list", args=[self.edition])


class ListEntry(TimeStamped):
    """One matter on one edition, with the score and rank that it was listed with."""

    issue_list = models.ForeignKey(IssueList, on_delete=models.PROTECT, related_name="entries", db_index=False)
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="list_entries")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+", db_index=False)
    rank = models.PositiveIntegerField(null=True, blank=True)
    # Moved by hand: to which place, why (printed on the list), by whom.
    hand_rank = models.PositiveIntegerField(null=True, blank=True)
    hand_reason = models.CharField(_("reason"), max_length=200, blank=True, default="", db_default="")
    hand_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["rank", "-proposal__score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue_list", "issue"], name="matter_once_per_list"),
            models.CheckConstraint(
                condition=Q(hand_rank__isnull=True, hand_reason="", hand_by__isnull=True)
                | (Q(hand_rank__gte=1, hand_by__isnull=False) & ~Q(hand_reason="")),
                name="moved_by_hand_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_list_id}: {self.issue_id}"
