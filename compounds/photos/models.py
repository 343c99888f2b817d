"""Photos of one compound. What a photo shows, and who may see it, is known by the row that points at it."""

import uuid
from datetime import datetime
from pathlib import PurePosixPath
from typing import Self

from django.db import models

from compounds.kernel.models import TimeStamped


class PhotoState(models.TextChoices):
    QUEUED = "queued"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


class PhotoQuerySet(models.QuerySet["Photo"]):
    def waiting(self, now: datetime) -> Self:
        """Queued, or taken by a worker whose lease has run out."""
        return self.filter(models.Q(state=PhotoState.QUEUED) | models.Q(state=PhotoState.WORKING, leased_until__lt=now))


class Photo(TimeStamped):
    """One picture, re-encoded on arrival; its smaller sizes are made by the worker."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=PhotoState.choices, default=PhotoState.QUEUED)
    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"], name="photo_unfinished", condition=models.Q(state__in=["queued", "working"])
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def path(self, schema_name: str, size: str) -> str:
        """Where the storage keeps one size of it."""
        return str(PurePosixPath(schema_name, "photos", str(self.pk), f"{size}.jpg"))
