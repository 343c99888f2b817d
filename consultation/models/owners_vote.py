"""What only the owners may decide (Civil Code article 278), and how they voted."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from consultation.models.decision import Decision
from consultation.models.hold import Hold
from consultation.models.issue import Issue


class ArticleItem(models.IntegerChoices):
    """The nine items of Civil Code article 278."""

    RULES = 1, _("1. rules of procedure of the owners' assembly")
    COMPACT = 2, _("2. the owners' compact")
    COMMITTEE = 3, _("3. electing or replacing the owners' committee")
    COMPANY = 4, _("4. hiring or dismissing the property company")
    USE_FUND = 5, _("5. use of the maintenance fund")
    RAISE_FUND = 6, _("6. raising the maintenance fund")
    REBUILD = 7, _("7. rebuilding")
    COMMON_PARTS = 8, _("8. changed or commercial use of common parts")
    OTHER = 9, _("9. other matters of common ownership")


class VoteResult(models.TextChoices):
    PASSED = "passed", _("passed")
    TOO_FEW = "too_few", _("too few took part")
    REFUSED = "refused", _("not enough agreed")
    # The matter went another way before the votes were counted.
    WITHDRAWN = "withdrawn", _("withdrawn")


_NOT_COUNTED = dict.fromkeys(
    [f"{figure}__isnull" for figure in "took_part_persons took_part_area for_persons for_area counted_on".split()], True
)


class OwnersVoteQuerySet(models.QuerySet["OwnersVote"]):
    def pending(self) -> Self:
        """Neither counted nor withdrawn."""
        return self.filter(result="")


class OwnersVote(TimeStamped):
    """One ballot of all owners about one matter. Areas are square metres of exclusive parts (专有部分面积)."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="owners_votes")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="owners_vote")
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="owners_vote")
    article_item = models.PositiveSmallIntegerField(_("article 278"), choices=ArticleItem.choices)
    question = models.CharField(_("question"), max_length=300)
    ballot_from = models.DateField(_("ballot from"))
    ballot_until = models.DateField(_("ballot until"))
    total_persons = models.PositiveIntegerField(_("owners, persons"))
    total_area = models.DecimalField(_("exclusive area, m²"), max_digits=12, decimal_places=2)
    took_part_persons = models.PositiveIntegerField(_("took part, persons"), null=True, blank=True)
    took_part_area = models.DecimalField(_("took part, m²"), max_digits=12, decimal_places=2, null=True, blank=True)
    for_persons = models.PositiveIntegerField(_("in favour, persons"), null=True, blank=True)
    for_area = models.DecimalField(_("in favour, m²"), max_digits=12, decimal_places=2, null=True, blank=True)
    counted_on = models.DateField(_("counted on"), null=True, blank=True)
    result = models.CharField(max_length=9, choices=VoteResult.choices, blank=True)
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = OwnersVoteQuerySet.as_manager()

    class Meta:
        ordering = ["-ballot_from", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(article_item__range=(1, 9)), name="vote_names_an_item_of_article_278"),
            models.CheckConstraint(condition=Q(ballot_until__gte=F("ballot_from")), name="ballot_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(total_persons__gt=0, total_area__gt=0), name="a_compound_has_owners_and_area"
            ),
            models.CheckConstraint(
                condition=Q(result="", recorded_by__isnull=True, **_NOT_COUNTED)
                | Q(result="withdrawn", recorded_by__isnull=False, **_NOT_COUNTED)
                | Q(
                    result__in=["passed", "too_few", "refused"],
                    took_part_persons__lte=F("total_persons"),
                    took_part_area__lte=F("total_area"),
                    for_persons__lte=F("took_part_persons"),
                    for_area__lte=F("took_part_area"),
                    for_area__gte=0,
                    # A comparison with nothing is not false.
                    **dict.fromkeys([*_NOT_COUNTED, "recorded_by__isnull"], False),
                ),
                name="no_more_votes_than_owners",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("owners_vote", args=[self.pk])
