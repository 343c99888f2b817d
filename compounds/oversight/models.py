"""What the district sees. So far: the outbox in which compounds say that something countable has changed."""

from django.db import models


class Outbox(models.Model):
    """One change in one compound. Rows are only inserted; the worker that recounts the compound deletes them."""

    schema_name = models.CharField(max_length=63)
    kind = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["schema_name", "id"], name="outbox_by_compound")]

    def __str__(self) -> str:
        return f"{self.schema_name} {self.kind}"
