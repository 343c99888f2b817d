"""Partner systems: who they are, with which secrets, where they may work, and what they were answered."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication

from compounds.kernel.models import TimeStamped
from compounds.partners.scopes import Scope
from compounds.registry.models import Community, Compound, District

ANSWERS_KEPT = timedelta(hours=24)
DEFAULT_RATE = 600


def _all_scopes() -> list[str]:
    return [Scope.ISSUES_READ]


class Client(AbstractApplication):
    """One partner's system. Its tokens come from client credentials only; its secrets are rows of their own.

    ``user`` is the closed account that stands behind what it does in compounds: nobody can sign in with it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="partner", verbose_name=_("account")
    )
    scopes = ArrayField(
        models.CharField(max_length=40, choices=Scope.choices), default=_all_scopes, verbose_name=_("what it may do")
    )
    active = models.BooleanField(_("in use"), default=True, help_text=_("Without it every token is refused at once."))
    per_minute = models.PositiveIntegerField(_("requests a minute"), default=DEFAULT_RATE)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("partner system")
        verbose_name_plural = _("partner systems")
        constraints = [
            models.CheckConstraint(
                condition=Q(client_type="confidential", authorization_grant_type="client-credentials"),
                name="partner_has_client_credentials",
            ),
            models.CheckConstraint(condition=Q(per_minute__gte=1), name="partner_may_ask_at_all"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_usable(self, request: Any) -> bool:
        """Asked by the library before it gives a token."""
        return self.active

    @property
    def owner_key(self) -> str:
        """Whose limits and whose kept answers."""
        return f"client:{self.pk}"


class SecretQuerySet(models.QuerySet["Secret"]):
    def valid(self, now: datetime) -> Self:
        return self.filter(revoked_at__isnull=True).exclude(expires_at__lte=now)


class Secret(TimeStamped):
    """One secret of a client; two may be valid for a time, so that it can be changed without standing still."""

    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="secrets", verbose_name=_("partner system")
    )
    # Random enough (192 bits) that a plain hash tells nothing; slow hashes are for passwords that people think of.
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    objects = SecretQuerySet.as_manager()

    class Meta:
        verbose_name = _("secret")
        verbose_name_plural = _("secrets")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.client} {self.created_at:%Y-%m-%d}"


class GrantQuerySet(models.QuerySet["Grant"]):
    def over(self, compound: Compound) -> Self:
        """Those whose place takes in this compound."""
        community = compound.community
        return self.filter(Q(compound=compound.pk) | Q(community=community.pk) | Q(district=community.district_id))


class Grant(TimeStamped):
    """One client may work in one compound, in those of one community or of one district.

    Without one its token is worth nothing there. ``handles`` names the kinds of responsible bodies for which it
    takes over tasks there.
    """

    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="grants", verbose_name=_("partner system")
    )
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    community = models.ForeignKey(
        Community, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("community")
    )
    compound = models.ForeignKey(
        Compound, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("compound")
    )
    handles = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("handles tasks of"))

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(district__isnull=False, community__isnull=True, compound__isnull=True)
                    | Q(district__isnull=True, community__isnull=False, compound__isnull=True)
                    | Q(district__isnull=True, community__isnull=True, compound__isnull=False)
                ),
                name="grant_has_one_place",
                violation_error_message=_("Choose one place: a district, a community or a compound."),
            ),
            models.UniqueConstraint(
                fields=["client", "district", "community", "compound"], nulls_distinct=False, name="grant_place_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client} – {self.district or self.community or self.compound}"


class KeptAnswer(models.Model):
    """What one request with an Idempotency-Key was answered, byte for byte. Kept for a day."""

    owner = models.CharField(max_length=40)
    # Empty for the district's API.
    schema_name = models.CharField(max_length=63, blank=True)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "schema_name", "key"], name="one_answer_per_idempotency_key")
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.schema_name} {self.status}"
