"""Things put up in public for a period, and the proof per place that they were."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Entrance, Person
from compounds.photos.models import Photo
from notices.models.spot import PlaceKind, Spot


class PostingKind(models.TextChoices):
    RESULT = "result", _("what was agreed")
    COMPLETION = "completion", _("what was done")
    REFUSAL = "refusal", _("why it is not taken up again")
    SCORING = "scoring", _("what the quarter's scoring found")
    HONOUR = "honour", _("who is to be honoured")
    NOTICE = "notice", _("a notice")


class PostingQuerySet(models.QuerySet["Posting"]):
    def up(self, on: date) -> Self:
        """Within its period on that day."""
        return self.filter(starts_on__lte=on, ends_on__gte=on)

    def with_missing_places(self) -> Self:
        """Still to hang somewhere."""
        missing = PostingPlace.objects.missing().filter(posting=models.OuterRef("pk"))
        return self.filter(models.Exists(missing))

    def standing(self) -> Self:
        """Without those of notices that were withdrawn: these are to be taken down."""
        return self.exclude(notice__state="withdrawn")

    def with_counts(self) -> Self:
        """With ``places_ticked`` and ``places_all``."""
        return self.annotate(
            places_all=models.Count("places"),
            places_ticked=models.Count("places", filter=Q(places__ticked_at__isnull=False)),
        )


class Posting(TimeStamped):
    """One thing put up in public, from one day to another (both included)."""

    kind = models.CharField(max_length=10, choices=PostingKind.choices)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=2000)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    ends_provisional = models.BooleanField(default=False)
    posted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="posting_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("posting", args=[self.pk])

    @property
    def is_notice(self) -> bool:
        return self.kind == PostingKind.NOTICE

    @property
    def kind_words(self) -> str:
        """What it is, for people; a notice says which kind of notice."""
        told = self.notice if self.is_notice else self
        words: str = told.get_kind_display()
        return words

    @property
    def takes_objections(self) -> bool:
        """What was agreed, done and found can be wrong; a refusal answers an opinion already, a notice only tells."""
        return self.kind not in {PostingKind.REFUSAL, PostingKind.NOTICE}


class PostingPlaceQuerySet(models.QuerySet["PostingPlace"]):
    def ticked(self) -> Self:
        return self.filter(ticked_at__isnull=False)

    def missing(self) -> Self:
        return self.filter(ticked_at__isnull=True)


class PostingPlace(TimeStamped):
    """One place where a posting hangs: a spot of the compound, or one entrance."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="places", db_index=False)
    kind = models.CharField(max_length=14, choices=PlaceKind.choices)
    entrance = models.ForeignKey(
        Entrance, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Which spot it was, and what that was called then: renaming it changes no posting that hangs. Empty in postings
    # from before compounds named their spots.
    spot = models.ForeignKey(Spot, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    name = models.CharField(max_length=40, blank=True, db_default="")
    ticked_at = models.DateTimeField(null=True, blank=True)
    ticked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    proof = models.ForeignKey(Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    objects = PostingPlaceQuerySet.as_manager()

    class Meta:
        ordering = ["-kind", "entrance__building__number", "entrance__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "kind", "spot", "entrance"], nulls_distinct=False, name="place_once_per_posting"
            ),
            models.CheckConstraint(
                condition=Q(kind="entrance", entrance__isnull=False, spot__isnull=True)
                | (~Q(kind="entrance") & Q(entrance__isnull=True)),
                name="only_an_entrance_names_one",
            ),
            models.CheckConstraint(
                condition=Q(ticked_at__isnull=True, ticked_by__isnull=True, proof__isnull=True)
                | Q(ticked_at__isnull=False, ticked_by__isnull=False, proof__isnull=False),
                name="ticked_with_proof",
            ),
        ]

    def __str__(self) -> str:
        return str(self.entrance) if self.entrance_id else self.name or self.get_kind_display()
