"""When which compound next has work of which kind: one public row, so that an idle minute costs one query."""

from datetime import datetime
from typing import Self

from django.db import models


class DueQuerySet(models.QuerySet["Due"]):
    def by(self, now: datetime) -> Self:
        return self.filter(due_at__lte=now)


class Due(models.Model):
    """One compound has work of one kind waiting from ``due_at`` on. Whatever sets a clock there keeps this row."""

    kind = models.CharField(max_length=40)
    schema_name = models.CharField(max_length=63)
    due_at = models.DateTimeField(db_index=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "schema_name"], name="due_once_per_kind_and_compound")]

    def __str__(self) -> str:
        return f"{self.kind} {self.schema_name} {self.due_at:%Y-%m-%d %H:%M}"
