"""What the people here are told: draft → approved → published → ended by its period, or withdrawn."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person, PostKind
from notices.models.posting import Posting


class NoticeKind(models.TextChoices):
    RESULT = "result", _("result")
    PROGRESS = "progress", _("progress")
    MEETING = "meeting", _("meeting")
    ACTIVITY = "activity", _("activity")
    POLICY = "policy", _("policy")
    ANTI_FRAUD = "anti_fraud", _("against fraud")
    LAW = "law", _("law")
    RUMOUR = "rumour", _("rumour clarified")
    EMERGENCY = "emergency", _("emergency")


class Target(models.TextChoices):
    COMPOUND = "compound", _("the whole compound")
    BUILDINGS = "buildings", _("some buildings")
    ENTRANCES = "entrances", _("some entrances")
    POST = "post", _("those who hold one kind of post")


class NoticeState(models.TextChoices):
    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def up(self, on: date) -> Self:
        """Published, and within its period on that day."""
        return self.filter(state=NoticeState.PUBLISHED, starts_on__lte=on, ends_on__gte=on)

    def in_public(self) -> Self:
        """What everybody could read once; what was withdrawn stays readable by its address, with the reason."""
        return self.filter(posting__isnull=False)

    def waiting(self) -> Self:
        """Drafts for the branch to look at; those it sent back wait for their writer."""
        return self.filter(state=NoticeState.DRAFT, sent_back="")

    def emergencies(self) -> Self:
        return self.filter(kind=NoticeKind.EMERGENCY)


class Notice(TimeStamped):
    """One thing that a compound, a part of it or the holders of a post are told for a period.

    Published, its words stay as they are (a trigger sees to that): it is withdrawn, or a new one replaces it. Told to
    places, it hangs there as a ``Posting``; told to holders of a post, it is read in the app only.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind.choices)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=2000)
    # Lines of a label and a figure each; ``publishing.chart`` reads them.
    chart = models.TextField(_("chart"), max_length=1000, blank=True)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    text_en = models.TextField(_("English text"), max_length=4000, blank=True)
    chart_en = models.TextField(_("English chart"), max_length=1500, blank=True)

    # Keys of its photos in their order; fixed with its words.
    photos = ArrayField(models.UUIDField(), default=list, db_default=[], blank=True)

    target = models.CharField(max_length=10, choices=Target.choices, default=Target.COMPOUND)
    # Keys of buildings or of entrances, as the target says. No tables of their own: a table here is one per compound.
    places = ArrayField(models.BigIntegerField(), default=list, blank=True)
    post = models.CharField(max_length=20, choices=PostKind.choices, blank=True)
    # From the day it was published.
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"))

    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.DRAFT)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices_written")
    # Who worded it last; somebody else approves it.
    worded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    # What the branch wants changed in a draft; empty while it waits for the branch.
    sent_back = models.CharField(max_length=300, blank=True)
    approved_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    # Withdrawn because a newer one took its place, which needs no other reason.
    replaced = models.BooleanField(default=False)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replacements", verbose_name=_("replaces")
    )
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="notice")
    # How often it was opened; ``publishing.readings`` says what is counted. Nobody is kept.
    readings = models.PositiveIntegerField(default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="notice_says_something"),
            models.CheckConstraint(
                condition=Q(title_en="", text_en="", chart_en="") | (~Q(title_en="") & ~Q(text_en="")),
                name="notice_is_whole_in_english_or_not_at_all",
                violation_error_message=_("Write both the English title and the English text, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(target="compound", places__len=0, post="")
                | Q(target__in=["buildings", "entrances"], places__len__gt=0, post="")
                | (Q(target="post", places__len=0) & ~Q(post="")),
                name="notice_is_for_whom_its_target_says",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="notice_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(sent_back="") | Q(state="draft"), name="only_a_draft_is_sent_back"),
            models.CheckConstraint(
                condition=Q(state="draft", approved_at__isnull=True, published_at__isnull=True)
                | Q(state="approved", approved_at__isnull=False, published_at__isnull=True)
                | Q(state="published", approved_at__isnull=False, published_at__isnull=False)
                | Q(state="withdrawn"),
                name="notice_is_approved_then_published",
            ),
            models.CheckConstraint(
                condition=(Q(approved_at__isnull=True, approved_by__isnull=True) | Q(approved_by__isnull=False))
                & (Q(published_at__isnull=True, published_by__isnull=True) | Q(published_by__isnull=False))
                & (Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True) | Q(withdrawn_by__isnull=False)),
                name="who_did_what_to_a_notice_is_named",
            ),
            models.CheckConstraint(
                condition=(Q(state="withdrawn", withdrawn_at__isnull=False) & (~Q(withdrawn_why="") | Q(replaced=True)))
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawn_why="", replaced=False)),
                name="notice_is_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, starts_on__isnull=True, posting__isnull=True)
                | Q(published_at__isnull=False, starts_on__isnull=False, posting__isnull=True, target="post")
                | (Q(published_at__isnull=False, starts_on__isnull=False, posting__isnull=False) & ~Q(target="post")),
                name="published_notice_hangs_where_its_target_says",
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=~Q(state="withdrawn"), name="one_notice_takes_another_s_place"
            ),
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="notice_newest_first")]

    def __str__(self) -> str:
        return self.title_en if self.in_english else self.title

    def get_absolute_url(self) -> str:
        return reverse("notice", args=[self.pk])

    @property
    def in_english(self) -> bool:
        """Whether it is read in English now: the reader wants to, and it was written so."""
        return bool(self.title_en) and (get_language() or "").startswith("en")

    @property
    def words(self) -> str:
        return self.text_en if self.in_english else self.text

    def is_up(self, on: date) -> bool:
        started = self.starts_on is not None and self.starts_on <= on
        return self.state == NoticeState.PUBLISHED and started and on <= self.ends_on

    @property
    def is_emergency(self) -> bool:
        return self.kind == NoticeKind.EMERGENCY
