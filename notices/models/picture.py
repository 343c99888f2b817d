"""The long picture of a posting, which the worker makes."""

from datetime import datetime
from pathlib import PurePosixPath
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from notices.models.posting import Posting


class PictureState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    WORKING = "working", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")


class SharePictureQuerySet(models.QuerySet["SharePicture"]):
    def waiting(self, now: datetime) -> Self:
        """Queued, or taken by a worker whose lease has run out."""
        return self.filter(Q(state=PictureState.QUEUED) | Q(state=PictureState.WORKING, leased_until__lt=now))


class SharePicture(TimeStamped):
    """One long picture of one posting, to be saved and sent round in a WeChat group; kept by the storage."""

    posting = models.OneToOneField(Posting, on_delete=models.CASCADE, primary_key=True, related_name="picture")
    state = models.CharField(max_length=8, choices=PictureState.choices, default=PictureState.QUEUED)
    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    # Of the words it was made from: when these have changed since, it is made anew.
    digest = models.CharField(max_length=64, blank=True)

    objects = SharePictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(state="ready") | Q(size__gt=0), name="ready_picture_has_a_file")
        ]
        indexes = [
            models.Index(fields=["created_at"], name="picture_unfinished", condition=Q(state__in=["queued", "working"]))
        ]

    def __str__(self) -> str:
        return f"{self.posting_id}.png"

    def path(self, schema_name: str) -> str:
        """Where the storage keeps it."""
        return str(PurePosixPath(schema_name, "postings", f"{self.posting_id}.png"))
