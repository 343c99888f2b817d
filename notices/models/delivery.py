"""What is sent, to which outlet, and how that ended: each delivery is a row, so that it is sent once."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.organisation.models import Person
from notices.models.outlet import Outlet
from notices.models.posting import Posting
from notices.models.posting_file import FileForm, PostingFile
from notices.models.reminder import Digest, Reminder


class DeliveryKind(models.TextChoices):
    """What it carries. Its words are made when it is sent, from the row that it is about; none are kept here."""

    POSTING = "posting", _("posting")
    PICTURE = "picture", _("long picture")
    DIGEST = "digest", _("the day's reminders")
    URGENT = "urgent", _("urgent reminder")
    TEST = "test", _("test message")
    CODE = "code", _("code to confirm an address")


class DeliveryState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("delivery", "waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not sent")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> Self:
        """Queued, its time has come, and its outlet does not rest. A picture is due once it is made."""
        awake = Q(outlet__resting_until=None) | Q(outlet__resting_until__lte=now)
        return self.without_waiting_for_pictures().filter(awake, state=DeliveryState.QUEUED, next_try_at__lte=now)

    def without_waiting_for_pictures(self) -> Self:
        """Not those of pictures that are still being made; the maker calls when they are."""
        making = PostingFile.objects.unfinished().filter(posting=models.OuterRef("posting"), form=FileForm.PICTURE)
        return self.exclude(models.Exists(making), kind=DeliveryKind.PICTURE)

    def stuck(self, now: datetime) -> Self:
        """Whether it arrived is not known: the worker was killed in the middle, or no answer came. For a person."""
        return self.filter(state=DeliveryState.SENDING, leased_until__lte=now)


class Delivery(models.Model):
    """One message to one outlet on one occasion, once, whatever happens to the worker's messages."""

    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    kind = models.CharField(max_length=8, choices=DeliveryKind.choices)
    # The occasion within its kind: the same one has the same key, whoever asks and how often.
    key = models.CharField(max_length=40)
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries")
    digest = models.ForeignKey(
        Digest, on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    reminder = models.ForeignKey(
        Reminder, on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    # Sent in quiet hours too.
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    # How many times a worker has begun it; also tells who holds the lease from who held it before.
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField()
    # News of yesterday is none: what could not be sent until then is not tried again.
    give_up_at = models.DateTimeField()
    # The rule that was broken, or what the other side answered, as a code; never its words, never an address.
    error = models.CharField(max_length=60, blank=True)
    receipt = models.CharField(max_length=100, blank=True)
    # Sent in one message with this one, since more waited than a robot may say.
    joined_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="joined")
    finished_at = models.DateTimeField(null=True, blank=True)
    # Who said that it had arrived, or had it sent again.
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["outlet", "kind", "key"], name="each_delivery_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["posting", "picture"], posting__isnull=False, digest=None, reminder=None)
                | Q(kind="digest", posting=None, digest__isnull=False, reminder=None)
                | Q(kind="urgent", posting=None, digest=None, reminder__isnull=False)
                | Q(kind__in=["test", "code"], posting=None, digest=None, reminder=None),
                name="delivery_is_about_what_its_kind_says",
            ),
            models.CheckConstraint(
                condition=Q(state="sending", leased_until__isnull=False)
                | (~Q(state="sending") & Q(leased_until__isnull=True)),
                name="delivery_is_leased_while_sent",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "failed"], finished_at__isnull=False)
                | Q(state__in=["queued", "sending"], finished_at__isnull=True),
                name="delivery_is_finished_or_not",
            ),
        ]
        # Partial, so that they stay as small as what is open.
        indexes = [
            models.Index(fields=["next_try_at"], name="delivery_waiting", condition=Q(state="queued")),
            models.Index(fields=["leased_until"], name="delivery_leased", condition=Q(state="sending")),
            models.Index(fields=["finished_at"], name="delivery_failed", condition=Q(state="failed")),
            models.Index(fields=["-created_at", "-id"], name="deliveries_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.outlet_id} {self.kind} {self.key}"

    def is_stuck(self, now: datetime) -> bool:
        return self.state == DeliveryState.SENDING and self.leased_until is not None and self.leased_until <= now
