"""Webhooks: who wants to be told of what and where, and what became of each telling."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.partners.models.client import Client
from compounds.partners.models.event import Event, EventType
from compounds.registry.models import Compound


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def in_use(self) -> Self:
        return self.filter(active=True, client__active=True)

    def free(self, now: datetime) -> Self:
        """Nobody sends there now, and none has just failed there."""
        return self.filter(models.Q(busy_until__isnull=True) | models.Q(busy_until__lte=now))


class Subscription(TimeStamped):
    """One partner is told of some types of events, in one compound or in all where it has a grant, at one address.

    ``seen_at`` and ``seen_id`` name the last event that was looked at for it. No secret stands here: it is derived
    from ``nonce`` and the installation's key.
    """

    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="subscriptions", verbose_name=_("partner system")
    )
    compound = models.ForeignKey(
        Compound,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("compound"),
        help_text=_("Empty: all in which it has a grant."),
    )
    types = ArrayField(models.CharField(max_length=40, choices=EventType.choices), verbose_name=_("told of"))
    url = models.CharField(_("address"), max_length=500, validators=[URLValidator(["https", "http"])])
    active = models.BooleanField(_("in use"), default=True)
    nonce = models.CharField(max_length=32, editable=False)
    earlier_nonce = models.CharField(max_length=32, blank=True, editable=False)
    earlier_until = models.DateTimeField(null=True, editable=False)
    seen_at = models.DateTimeField(_("told up to"), editable=False)
    seen_id = models.BigIntegerField(default=0, editable=False)
    busy_until = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    disabled_at = models.DateTimeField(_("switched off by itself"), null=True, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            models.UniqueConstraint(fields=["client", "compound", "url"], name="webhook_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.client} → {self.url}"


class HookState(models.TextChoices):
    QUEUED = "queued", _("queued")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


class HookDelivery(TimeStamped):
    """One event for one webhook. It stays queued until it is taken: after a kill it is sent again, with the same id."""

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("webhook")
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("event"))
    state = models.CharField(_("state"), max_length=10, choices=HookState.choices, default=HookState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"))
    tried_at = models.DateTimeField(_("last attempt"), null=True)
    # A code of ours or the status that was answered; never what the other side said.
    answer = models.CharField(_("answer"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("webhook's delivery")
        verbose_name_plural = _("webhooks' deliveries")
        constraints = [models.UniqueConstraint(fields=["subscription", "event"], name="event_once_per_webhook")]
        indexes = [
            models.Index(
                fields=["subscription", "next_try_at"], condition=models.Q(state="queued"), name="webhook_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.subscription}"
