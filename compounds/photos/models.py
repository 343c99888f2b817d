"""Photos of one compound. What a photo shows, and who may see it, is known by the row that points at it."""

import uuid
from pathlib import PurePosixPath

from django.db import models

from compounds.jobs.files import MadeRow


class PhotoState(models.TextChoices):
    QUEUED = "queued"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


class Photo(MadeRow):
    """One picture, re-encoded on arrival; its smaller sizes are made by the worker."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=PhotoState.choices, default=PhotoState.QUEUED)

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
