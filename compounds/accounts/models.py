"""One login per person for all compounds, and the invitation that opens it."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.kernel.models import TimeStamped

INVITATION_LIFE = timedelta(days=7)


class User(AbstractUser):
    """One login. Closed with ``is_active``, never deleted, since compounds point here without a constraint."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField(pgettext_lazy("of a person", "name"), max_length=60)

    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> Self:
        """Neither used, revoked nor expired."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=now)

    def for_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_token(token))


class Invitation(TimeStamped):
    """One one-time link that lets one person set a password. Only a hash of its token is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("account"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.CharField(_("invited by"), max_length=120)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.user} ({date_format(localtime(self.expires_at))})"


def new_token() -> str:
    """A token of 192 random bits, fit for a link."""
    return secrets.token_urlsafe(24)


def hash_token(token: str) -> str:
    """What is kept of a token: it is random enough that a plain hash tells nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
