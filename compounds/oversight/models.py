"""What the district sees, kept in public: figures per compound and day, and the register of open matters."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from compounds.oversight.figures import Value, restored
from compounds.registry.models import Compound
from compounds.workdays.lateness import is_past, past


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def of_ready(self) -> Self:
        """What compounds have said that can be entered; an archived one says nothing more."""
        return self.filter(schema_name__in=Compound.objects.ready().values("schema_name"))


class Outbox(models.Model):
    """One change in one compound. Rows are only inserted; the worker that recounts the compound deletes them."""

    schema_name = models.CharField(max_length=63)
    kind = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["schema_name", "id"], name="outbox_by_compound")]

    def __str__(self) -> str:
        return f"{self.schema_name} {self.kind}"


class State(models.IntegerChoices):
    """How a compound stands, from its figures' alarms."""

    FINE = 0, _("all in order")
    WATCH = 1, _("worth a look")
    ACT = 2, _("needs attention")


class CompoundFiguresQuerySet(models.QuerySet["CompoundFigures"]):
    def newest(self, by: date | None = None) -> Self:
        """Of each compound the newest row; with ``by`` the newest of that day or before."""
        mine = CompoundFigures.objects.filter(compound=OuterRef("pk")).order_by("-day")
        if by is not None:
            mine = mine.filter(day__lte=by)
        of_each = Compound.objects.annotate(newest=Subquery(mine.values("pk")[:1]))
        return self.filter(pk__in=of_each.values("newest"))

    def pressing(self) -> Self:
        """Those that need attention, the worst first: late reporting, then more alarms."""
        return self.filter(state=State.ACT).order_by("-rank", "compound__name")


class CompoundFigures(models.Model):
    """All figures of one compound as they were on one local day, and what they call for. Recounted, never added to."""

    compound = models.ForeignKey(Compound, on_delete=models.CASCADE, related_name="figures", verbose_name=_("compound"))
    day = models.DateField(_("day"))
    # For each figure's key [part, whole]; see ``figures``.
    values = models.JSONField(default=dict)
    # For each figure that could not be counted, what went wrong.
    errors = models.JSONField(default=dict)
    state = models.PositiveSmallIntegerField(_("state"), choices=State.choices, default=State.FINE)
    # Keys of the figures that raise an alarm, the gravest first.
    alarms = models.JSONField(default=list)
    rank = models.BigIntegerField(default=0)
    computed_at = models.DateTimeField(_("counted"))

    objects = CompoundFiguresQuerySet.as_manager()

    class Meta:
        verbose_name = _("figures of a compound")
        verbose_name_plural = _("figures of compounds")
        constraints = [models.UniqueConstraint(fields=["compound", "day"], name="figures_once_per_compound_and_day")]
        indexes = [models.Index(F("compound"), F("day").desc(), name="figures_newest_first")]

    def __str__(self) -> str:
        return f"{self.compound_id} {self.day}"

    @property
    def figures(self) -> dict[str, Value]:
        """Its figures by key; those that could not be counted are not among them."""
        return restored(self.values)


class OpenItemQuerySet(models.QuerySet["OpenItem"]):
    def overdue(self, at: date | datetime) -> Self:
        """Late by their clock; what is on hold is not: its clock stands still."""
        return self.filter(past(at), on_hold=False)


class OpenItem(models.Model):
    """One open matter of one compound as the district may know it: no personal data, nothing confidential."""

    compound = models.ForeignKey(
        Compound, on_delete=models.CASCADE, related_name="open_items", verbose_name=_("compound")
    )
    number = models.CharField(_("number"), max_length=12)
    title = models.CharField(_("title"), max_length=80)
    category = models.CharField(_("category"), max_length=40)
    category_en = models.CharField(max_length=60)
    step = models.CharField(_("step"), max_length=10)
    party = models.CharField(_("with"), max_length=20)
    owned = models.BooleanField(_("somebody serves there"), default=True)
    opened_on = models.DateField(_("opened"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    on_hold = models.BooleanField(_("on hold"), default=False)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    escalated = models.CharField(_("taken up to"), max_length=12, blank=True, default="", db_default="")
    # Who may read the title, as far as partners go: everybody, or every member. Neither until a recount has said so.
    on_board = models.BooleanField(default=False, db_default=False)
    for_members = models.BooleanField(default=False, db_default=False)

    objects = OpenItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("open matter")
        verbose_name_plural = _("open matters")
        constraints = [models.UniqueConstraint(fields=["compound", "number"], name="open_item_once")]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(on_hold=False), name="open_item_by_due_date"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def is_late(self, at: date | datetime) -> bool:
        return not self.on_hold and is_past(self.due_on, self.due_at, at)

    def days_late(self, on: date) -> int:
        return max(0, (on - self.due_on).days) if self.due_on and not self.on_hold else 0


class Recount(models.Model):
    """One recount of one compound: how long it took, and how long the oldest change had waited for it."""

    compound = models.ForeignKey(Compound, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)
    took_ms = models.PositiveIntegerField()
    # None for a recount that no change had asked for, such as the night's.
    lag_ms = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.compound_id} {self.at:%Y-%m-%d %H:%M}"
