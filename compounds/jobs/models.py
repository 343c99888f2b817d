"""What is to be done, in public: when which compound next has work of which kind, and the ledger of runs."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from compounds.jobs import kinds
from compounds.registry.models import Compound


class DueQuerySet(models.QuerySet["Due"]):
    def by(self, now: datetime) -> Self:
        return self.filter(due_at__lte=now)

    def in_ready_compounds(self) -> Self:
        """Not those of archived ones: what waits there waits until they are restored."""
        return self.filter(schema_name__in=Compound.objects.ready().values("schema_name"))


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


class CallQuerySet(models.QuerySet["Call"]):
    def in_ready_compounds(self) -> Self:
        """Calls of compounds that can be entered; an archived one waits for nothing."""
        return self.filter(schema_name__in=Compound.objects.ready().values("schema_name"))


class Call(models.Model):
    """One compound wants to be looked at now. Rows are only inserted, so that nobody who sets a clock waits for others.

    The look deletes what it sees before it looks; what commits afterwards wakes the next one.
    """

    kind = models.CharField(max_length=40)
    schema_name = models.CharField(max_length=63)
    created_at = models.DateTimeField(db_default=Now())

    objects = CallQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["schema_name", "kind"], name="call_by_compound")]

    def __str__(self) -> str:
        return f"{self.kind} {self.schema_name}"


class RunState(models.TextChoices):
    QUEUED = "queued", _("queued")
    WORKING = "working", _("being worked on")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class RunQuerySet(models.QuerySet["Run"]):
    def waiting(self, now: datetime) -> Self:
        """May be worked on now."""
        return self.filter(state=RunState.QUEUED, next_try_at__lte=now)

    def stale(self, now: datetime) -> Self:
        """Claimed by a worker that has not come back in time: killed, or its machine is gone."""
        return self.filter(state=RunState.WORKING, leased_until__lte=now)

    def failed(self) -> Self:
        return self.filter(state=RunState.FAILED)


class Run(models.Model):
    """One kind of work for one period in one compound: done once, by whichever worker claims it."""

    kind = models.CharField(_("work"), max_length=40)
    period = models.CharField(_("period"), max_length=40)
    schema_name = models.CharField(_("schema"), max_length=63)
    state = models.CharField(_("state"), max_length=8, choices=RunState.choices, db_default=RunState.QUEUED)
    # How many times a worker has begun it; also tells the one who holds the lease from one who held it before.
    attempts = models.PositiveSmallIntegerField(_("tries"), db_default=0)
    leased_until = models.DateTimeField(_("leased until"), null=True)
    next_try_at = models.DateTimeField(_("next try"), db_default=Now())
    # Type and message of the last failure, shortened and without names and numbers; the log has the whole.
    error = models.CharField(_("error"), max_length=300, db_default="")
    created_at = models.DateTimeField(_("asked for"), db_default=Now())
    started_at = models.DateTimeField(_("begun"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = [
            models.UniqueConstraint(fields=["kind", "period", "schema_name"], name="run_once_per_kind_period_compound"),
            models.CheckConstraint(condition=models.Q(state__in=RunState.values), name="run_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state=RunState.WORKING) ^ models.Q(leased_until__isnull=True),
                name="run_is_leased_while_worked_on",
            ),
        ]
        # Partial, so that they stay as small as what is open, however many runs are kept.
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="run_waiting", condition=models.Q(state=RunState.QUEUED)),
            models.Index(fields=["leased_until"], name="run_leased", condition=models.Q(state=RunState.WORKING)),
            models.Index(fields=["finished_at"], name="run_done", condition=models.Q(state=RunState.DONE)),
        ]

    def __str__(self) -> str:
        """Under the names that people know, where the query has brought the compound's along."""
        return f"{kinds.title(self.kind)} {self.period} {getattr(self, 'compound_name', None) or self.schema_name}"


class FanOut(models.Model):
    """All compounds of that moment were given a run of one kind for one period."""

    kind = models.CharField(max_length=40)
    period = models.CharField(max_length=40)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "period"], name="fan_out_once_per_kind_and_period")]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"
