"""District > street > community > compound, and who may enter which compound. All of it public."""

import re
from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django_tenants.models import TenantMixin

from compounds.accounts.models import User
from compounds.kernel.models import TimeStamped
from compounds.registry.models_of_staff import CommunityAppointment, CommunityPost, CompoundSheet

__all__ = [
    "RESERVED_SLUGS",
    "SLUG",
    "Community",
    "CommunityAppointment",
    "CommunityPost",
    "Compound",
    "CompoundSheet",
    "CompoundState",
    "District",
    "Membership",
    "ShortLink",
    "Staff",
    "StaffEntry",
    "StaffLevel",
    "Street",
]

# Words that are, or may become, paths and schemas of ours.
RESERVED_SLUGS = frozenset(
    "accounts admin api board c help invite language new public q schema staff static test www".split()
)
SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}")


class District(TimeStamped):
    """The government district that runs this installation."""

    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")

    def __str__(self) -> str:
        return self.name


class Street(TimeStamped):
    """A sub-district office; some districts have none between themselves and their communities."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="streets", verbose_name=_("district"))
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("street")
        verbose_name_plural = _("streets")
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="street_once_in_its_district")]

    def __str__(self) -> str:
        return self.name


class Community(TimeStamped):
    """A residents' committee area, with a general branch and several compounds."""

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="communities", verbose_name=_("district")
    )
    street = models.ForeignKey(
        Street, on_delete=models.PROTECT, null=True, blank=True, related_name="communities", verbose_name=_("street")
    )
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="community_once_in_its_district")]

    def __str__(self) -> str:
        return self.name


class CompoundState(models.TextChoices):
    OPENING = "opening", _("being opened")
    READY = "ready", _("ready")
    ARCHIVED = "archived", _("archived")


class CompoundQuerySet(models.QuerySet["Compound"]):
    def ready(self) -> Self:
        return self.filter(state=CompoundState.READY)

    def entered_by(self, user: User) -> Self:
        """The ready compounds that this login may enter as a member."""
        return self.ready().filter(memberships__user=user)

    def behind(self, wanted: str) -> Self:
        """Not seen to have the migrations of this fingerprint.

        One that is being opened gets them all anyway, and one in the archive may have no schema any more.
        """
        there = models.Q(state=CompoundState.READY) | models.Q(
            state=CompoundState.ARCHIVED, schema_name__in=RawSQL("SELECT nspname::text FROM pg_namespace", [])
        )
        return self.filter(there).exclude(migrated_to=wanted)


class Compound(TenantMixin, TimeStamped):
    """One residential compound: the tenant. Its own tables stand in the schema ``schema_name``."""

    auto_create_schema = False

    slug = models.CharField(
        _("address"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(rf"^{SLUG.pattern}\Z", _("Small letters, digits and hyphens, a letter first."))],
        help_text=_("The part of the web address after /c/."),
    )
    name = models.CharField(_("name"), max_length=60)
    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, related_name="compounds", verbose_name=_("community")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=CompoundState.choices, default=CompoundState.OPENING, editable=False
    )
    built_on = models.DateField(_("built"), null=True, blank=True)
    note = models.CharField(
        _("note"), max_length=200, blank=True, db_default="", help_text=_("Shown at the foot of each of its pages.")
    )
    # Of the branch or its service station, and nobody's own: it is no personal data.
    phone = models.CharField(
        _("phone for residents"),
        max_length=20,
        blank=True,
        db_default="",
        help_text=_("Where residents ring the branch. It stands on every page that is open to all."),
    )

    # What is in it comes from another installation: until it is ready, nobody may begin it in another way.
    comes_from_file = models.BooleanField(editable=False, default=False, db_default=False)
    # The fingerprint of the migrations that its schema was last seen to have, and why it got no further.
    migrated_to = models.CharField(max_length=64, editable=False, blank=True, default="", db_default="")
    migration_error = models.TextField(editable=False, blank=True, default="", db_default="")

    objects = CompoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("compound")
        verbose_name_plural = _("compounds")
        constraints = [
            models.UniqueConstraint(Lower("schema_name"), name="schema_name_once_whatever_its_case"),
            models.CheckConstraint(
                condition=~models.Q(slug__in=sorted(RESERVED_SLUGS)),
                name="slug_is_not_reserved",
                violation_error_message=_("This address is reserved."),
            ),
            models.CheckConstraint(
                condition=models.Q(slug__regex=rf"^{SLUG.pattern}$"),
                name="slug_is_small_letters",
                violation_error_message=_("Small letters, digits and hyphens, a letter first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where the compound is mounted, the same for every caller."""
        return f"{settings.COMPOUND_PATH}{self.slug}/"


class Recording(models.Model):
    """What Django ran to take a schema from one set of applied migrations to another, to be replayed in other schemas.

    ``before`` and ``after`` are fingerprints of sets, ``code`` is one of the migrations' text; ``before`` is empty
    where there was no schema. Where ``why_not`` says something, it cannot be replayed and Django has to run each time.
    """

    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    sql = models.TextField(blank=True)
    why_not = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        constraints = [models.UniqueConstraint(fields=["before", "code"], name="recorded_once")]

    def __str__(self) -> str:
        return f"{self.before[:8]} → {self.after[:8]}"


class ShortLink(TimeStamped):
    """One short public address, ``/q/<code>``, of a page inside a compound. Made to be printed as a QR code."""

    code = models.CharField(max_length=12, unique=True)
    compound = models.ForeignKey(Compound, on_delete=models.CASCADE, related_name="short_links")
    # Below the compound's mount, without a slash in front.
    path = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("short link")
        verbose_name_plural = _("short links")
        constraints = [
            models.UniqueConstraint(fields=["compound", "path"], name="one_short_link_per_page"),
            models.CheckConstraint(condition=~models.Q(path__startswith="/"), name="short_link_stays_in_its_compound"),
        ]

    def __str__(self) -> str:
        return self.code


class Membership(TimeStamped):
    """One login may enter one compound. Written and taken away by ``organisation`` with a person's posts there."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("account"))
    compound = models.ForeignKey(
        Compound, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("compound")
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "compound"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.compound}"


class StaffLevel(models.TextChoices):
    READ = "read", _("reads")
    ADMINISTER = "administer", _("administers")


class StaffQuerySet(models.QuerySet["Staff"]):
    def over(self, compound: Compound) -> Self:
        """Staff whose scope takes in this compound: its district, its street or its community."""
        return self.over_community(compound.community)

    def over_community(self, community: Community) -> Self:
        inside = models.Q(district=community.district_id) | models.Q(community=community.pk)
        if community.street_id:
            inside |= models.Q(street=community.street_id)
        return self.filter(inside)


class Staff(TimeStamped):
    """One login oversees one district, street or community. Staff have no Person in a compound: they read there."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff", verbose_name=_("account"))
    district = models.ForeignKey(District, on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("district"))
    street = models.ForeignKey(Street, on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("street"))
    community = models.ForeignKey(
        Community, on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("community")
    )
    level = models.CharField(_("level"), max_length=10, choices=StaffLevel.choices, default=StaffLevel.READ)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(district__isnull=False, street__isnull=True, community__isnull=True)
                    | models.Q(district__isnull=True, street__isnull=False, community__isnull=True)
                    | models.Q(district__isnull=True, street__isnull=True, community__isnull=False)
                ),
                name="staff_has_one_scope",
                violation_error_message=_("Choose one scope: a district, a street or a community."),
            ),
            models.UniqueConstraint(
                fields=["user", "district", "street", "community"], nulls_distinct=False, name="staff_scope_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.district or self.street or self.community}"


class StaffEntry(models.Model):
    """One look of a staff member into one compound's own pages. Rows are only added."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("account"))
    compound = models.ForeignKey(Compound, on_delete=models.CASCADE, related_name="+", verbose_name=_("compound"))
    path = models.CharField(_("page"), max_length=200)
    entered_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("visit to a compound")
        verbose_name_plural = _("visits to compounds")
        indexes = [models.Index(fields=["compound", "-entered_at"], name="staff_entry_by_compound")]

    def __str__(self) -> str:
        return f"{self.user} {date_format(localtime(self.entered_at))}"
