"""Abstract models. This app has no tables of its own."""

from django.db import models


class TimeStamped(models.Model):
    """A row that knows when it was written and when it was last changed."""

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
