"""What the worker makes of a posting: the long picture for a WeChat group, and the sheets to be printed."""

from pathlib import PurePosixPath
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.jobs.files import MadeRow
from notices.models.posting import Posting


class FileForm(models.TextChoices):
    PICTURE = "picture", _("long picture")
    A4 = "a4", _("one sheet, A4")
    A3 = "a3", _("one large sheet, A3")
    ENTRANCES = "entrances", _("one sheet for each entrance, A4")

    @property
    def suffix(self) -> str:
        return "png" if self == FileForm.PICTURE else "pdf"

    @property
    def content_type(self) -> str:
        return "image/png" if self == FileForm.PICTURE else "application/pdf"


# What is printed, in the order in which it is offered.
SHEETS = (FileForm.A4, FileForm.A3, FileForm.ENTRANCES)


class FileState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    WORKING = "working", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")


class PostingFileQuerySet(models.QuerySet["PostingFile"]):
    def ready(self) -> Self:
        return self.filter(state=FileState.READY)

    def unfinished(self) -> Self:
        return self.filter(state__in=[FileState.QUEUED, FileState.WORKING])


class PostingFile(MadeRow):
    """One form of one posting, made by the worker and kept by the storage."""

    # Without an index of its own: the unique constraint below begins with it.
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="files", db_index=False)
    form = models.CharField(
        max_length=10, choices=FileForm.choices, default=FileForm.PICTURE, db_default=FileForm.PICTURE
    )
    state = models.CharField(max_length=8, choices=FileState.choices, default=FileState.QUEUED)
    queued_at = models.DateTimeField(null=True, editable=False)
    size = models.PositiveIntegerField(default=0)
    # Of the words it was made from: when these have changed since, it is made anew.
    digest = models.CharField(max_length=64, blank=True)

    objects = PostingFileQuerySet.as_manager()

    class Meta:
        # Its name from before there were sheets: renamed, old code would fail while an upgrade goes through.
        db_table = "notices_sharepicture"
        ordering = ["posting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["posting", "form"], name="posting_file_once_per_form"),
            models.CheckConstraint(condition=~Q(state="ready") | Q(size__gt=0), name="ready_picture_has_a_file"),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="picture_unfinished", condition=Q(state__in=["queued", "working"]))
        ]

    def __str__(self) -> str:
        return self.name()

    def name(self) -> str:
        """Its name among the files of its compound's postings."""
        form = FileForm(self.form)
        tail = "" if form == FileForm.PICTURE else f"-{form.value}"
        return f"{self.posting_id}{tail}.{form.suffix}"

    def path(self, schema_name: str) -> str:
        """Where the storage keeps it."""
        return str(PurePosixPath(schema_name, "postings", self.name()))
