"""What became of an item: the decision, each seat's answer, and what else is written down beside it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from compounds.photos.models import Photo
from consultation.models.body import ResponsibleBody
from consultation.models.step3_meet import AgendaItem, Attendance, Party


class DecisionOutcome(models.TextChoices):
    CONSENSUS = "consensus", _("consensus")
    NO_CONSENSUS = "no_consensus", _("no consensus, back to the branch")
    DEFERRED = "deferred", _("deferred to the next meeting")
    REFERRED = "referred", _("passed upward")
    PROVISIONAL = "provisional", _("agreed by those present, waits for written consent")
    OWNERS_VOTE = "owners_vote", _("submitted to the owners' vote")
    # The matter went another way before the written consent came.
    LAPSED = "lapsed", _("not decided, the matter went another way")


# What names who does what by when, at what cost, paid from where.
PROMISING = (DecisionOutcome.CONSENSUS, DecisionOutcome.PROVISIONAL, DecisionOutcome.OWNERS_VOTE)


class FundSource(models.TextChoices):
    NONE = "none", _("costs nothing")
    PROPERTY_FEE = "property_fee", _("property fee")
    COMMON_INCOME = "common_income", _("income from common parts")
    MAINTENANCE_FUND = "maintenance_fund", _("maintenance fund")
    CROWDFUNDING = "crowdfunding", _("collected among neighbours")
    PUBLIC_MONEY = "public_money", _("public money")


class Decision(TimeStamped):
    """What became of one item. With consensus it names who does what by when, at what cost, paid from where."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=14, choices=DecisionOutcome.choices)
    text = models.CharField(_("what was agreed"), max_length=1000)
    body = models.ForeignKey(ResponsibleBody, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    cost = models.DecimalField(_("estimated cost (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True)
    fund_source = models.CharField(_("paid from"), max_length=18, choices=FundSource.choices, blank=True)
    # Civil Code article 281: a repair that cannot wait, paid from the maintenance fund without a vote.
    emergency_repair = models.BooleanField(_("emergency repair"), default=False, db_default=False)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(emergency_repair=False) | Q(fund_source="maintenance_fund"),
                name="an_emergency_repair_is_paid_from_the_fund",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["consensus", "provisional", "owners_vote"])
                | (Q(body__isnull=False, due_on__isnull=False, cost__isnull=False, cost__gte=0) & ~Q(fund_source="")),
                name="consensus_names_body_date_and_money",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.outcome}"

    @property
    def spoken(self) -> "list[SeatAnswer]":
        """What the seats answered at the meeting."""
        return [answer for answer in self.answers.all() if not answer.given_on]

    @property
    def written(self) -> "list[SeatAnswer]":
        """What parties that stayed away answered in writing."""
        return [answer for answer in self.answers.all() if answer.given_on]


class Answer(models.TextChoices):
    AGREE = "agree", _("agree")
    RESERVATION = "reservation", _("agree with a reservation")
    NO = "no", _("say no")


class SeatAnswerQuerySet(models.QuerySet["SeatAnswer"]):
    def in_writing(self) -> Self:
        return self.filter(given_on__isnull=False)


class SeatAnswer(TimeStamped):
    """What one party's seat answered to one decision: at the meeting, or afterwards in writing to a provisional one."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="answers", db_index=False)
    party = models.CharField(max_length=20, choices=Party.choices)
    answer = models.CharField(max_length=12, choices=Answer.choices)
    remark = models.CharField(max_length=300, blank=True)
    # In writing, of a party that was duly invited and stayed away: who signed when, and the paper.
    given_on = models.DateField(_("signed on"), null=True, blank=True)
    given_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    paper = models.ForeignKey(Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = SeatAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "party"], name="one_answer_per_seat"),
            models.CheckConstraint(
                condition=~Q(answer="reservation") | ~Q(remark=""), name="a_reservation_is_spelled_out"
            ),
            models.CheckConstraint(
                condition=Q(given_on=None, given_by=None, paper=None, recorded_by=None)
                | ~(Q(given_on=None) | Q(given_by=None) | Q(paper=None) | Q(recorded_by=None)),
                name="written_answer_is_signed_and_kept",
            ),
            models.CheckConstraint(
                condition=Q(given_on=None) | Q(answer="agree") | (Q(answer="no") & ~Q(remark="")),
                name="a_written_refusal_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.party} {self.answer}"

    @property
    def agrees(self) -> bool:
        return self.answer != Answer.NO


class Dissent(TimeStamped):
    """A view that differs from what was agreed, by name or, without one, as “one deliberator”."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="dissents")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, null=True, blank=True, related_name="dissents")
    text = models.CharField(_("what they think"), max_length=500)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.text[:20]}"
