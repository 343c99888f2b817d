"""Files that the worker makes out of issued minutes."""

import uuid
from pathlib import PurePosixPath
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.jobs.files import MadeRow
from compounds.organisation.models import Person
from consultation.models.issue import Issue
from consultation.models.step4_handle import Minutes


class DocumentKind(models.TextChoices):
    DOCX = "docx", _("official copy (Word)")
    PDF = "pdf", _("reading copy (PDF)")


class DocumentState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    WORKING = "working", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, person: Person | None) -> Self:
        """Minutes are for every member, except those that tell of a matter this reader may not know of."""
        hidden = Issue.objects.exclude(pk__in=Issue.objects.visible_to(person).values("pk"))
        return self.exclude(minutes__meeting__items__issue__in=hidden)


class Document(MadeRow):
    """One file of one meeting's issued minutes; made by the worker, kept by the storage."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="documents", db_index=False)
    kind = models.CharField(max_length=4, choices=DocumentKind.choices)
    state = models.CharField(max_length=8, choices=DocumentState.choices, default=DocumentState.QUEUED)
    size = models.PositiveIntegerField(default=0)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "kind"], name="document_once_per_kind"),
            models.CheckConstraint(condition=~Q(state="ready") | Q(size__gt=0), name="ready_document_has_a_file"),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], name="document_unfinished", condition=Q(state__in=["queued", "working"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}.{self.kind}"

    def path(self, schema_name: str) -> str:
        """Where the storage keeps it."""
        return str(PurePosixPath(schema_name, "documents", f"{self.pk}.{self.kind}"))
