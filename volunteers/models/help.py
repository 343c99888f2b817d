"""A neighbour asks for help, and who was asked to give it, one after the other."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Household, Person
from volunteers.models.volunteer import Skill, Volunteer


class HelpState(models.TextChoices):
    OPEN = "open", _("looking for somebody")
    ACCEPTED = "accepted", _("somebody will help")
    DONE = "done", _("done")
    NOBODY = "nobody", _("nobody found: the branch is asked")
    WITHDRAWN = "withdrawn", _("no longer needed")


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    def open(self) -> Self:
        """Not done and still needed."""
        return self.exclude(state__in=[HelpState.DONE, HelpState.WITHDRAWN])


class HelpRequest(TimeStamped):
    """One neighbour's need for one kind of help, from the word to the thanks."""

    skill = models.CharField(_("what kind of help"), max_length=12, choices=Skill.choices)
    text = models.CharField(_("what is needed"), max_length=500)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="help_requests"
    )
    # Spoken by; a resident needs no account.
    asker_name = models.CharField(_("who asks"), max_length=60, blank=True)
    asker_phone = models.CharField(_("their phone"), max_length=20, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    # The matter of a help category from which it came: the number only, since consultation stands above this app.
    issue_number = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=HelpState.choices, default=HelpState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(max_length=300, blank=True)
    thanks = models.CharField(_("thanks"), max_length=300, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="help_request_says_what"),
            models.UniqueConstraint(
                fields=["issue_number"], condition=~Q(issue_number=""), name="one_help_request_per_matter"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "withdrawn"], closed_at__isnull=False)
                | Q(state__in=["open", "accepted", "nobody"], closed_at__isnull=True),
                name="help_request_is_closed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(thanked_at__isnull=True) | Q(state="done"), name="thanked_for_what_is_done"
            ),
        ]
        indexes = [models.Index(fields=["state", "-created_at"], name="help_requests_by_state")]

    def __str__(self) -> str:
        return self.text[:40]

    def get_absolute_url(self) -> str:
        return reverse("help_request", args=[self.pk])

    @property
    def masked_phone(self) -> str:
        """The number with its middle hidden, for all but whoever helps."""
        return f"{self.asker_phone[:3]}****{self.asker_phone[-4:]}" if len(self.asker_phone) >= 7 else ""


class OfferState(models.TextChoices):
    WAITING = "waiting", _("asked")
    ACCEPTED = "accepted", pgettext_lazy("offer", "accepted")
    DECLINED = "declined", _("cannot")
    EXPIRED = "expired", _("did not answer")
    DONE = "done", _("done")
    CALLED_OFF = "called_off", _("called off")


class HelpOfferQuerySet(models.QuerySet["HelpOffer"]):
    def running_out(self, now: datetime) -> Self:
        """Asked, and the time to answer is over."""
        return self.filter(state=OfferState.WAITING, answer_by__lte=now)


class HelpOffer(TimeStamped):
    """One volunteer asked to answer one request, until a time; unanswered it goes to the next."""

    request = models.ForeignKey(HelpRequest, on_delete=models.PROTECT, related_name="offers", db_index=False)
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="offers")
    # Why this volunteer: the same building, how many requests they have at hand, as was known when they were asked.
    reasons: Any = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes it took"), null=True, blank=True)

    objects = HelpOfferQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "volunteer"], name="asked_once_per_request"),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state__in=["waiting", "accepted"]),
                name="one_volunteer_at_a_time_per_request",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at__isnull=True)
                | (~Q(state="waiting") & Q(answered_at__isnull=False)),
                name="offer_is_answered_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["answer_by"], name="offers_running_out", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.volunteer_id} {self.state}"
