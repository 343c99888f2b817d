"""Appointing invites: a one-time link, printed as QR code, whose first opening sets a password (domain: Who is who)."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from compounds.accounts.models import INVITATION_LIFE, Invitation, User, hash_token, new_token
from compounds.kernel.errors import DomainError


class InvitationGone(DomainError):
    """The link was used, revoked or has expired."""

    code = "invitation_gone"
    status = 410
    title = _("This invitation is no longer valid")
    message = _("It was used before, called back, or is older than 7 days.")
    hint = _("Ask the branch for a new one. If you have set a password already, just sign in.")


class LoginNameTaken(DomainError):
    """Somebody chose this login name a moment ago."""

    code = "login_name_taken"
    title = _("This login name is taken")
    message = _("Somebody else has this login name. Add a digit or two.")


def open_account(display_name: str) -> User:
    """Make an account that nobody can sign in to yet; the invitation will set its name and password."""
    user = User(username=f"invited-{new_token()[:16]}", display_name=display_name)
    user.set_unusable_password()
    user.save()
    return user


@transaction.atomic
def invite(user: User, *, now: datetime, by: str) -> str:
    """Make a new link for ``user``, calling back earlier ones. Returns the token; only its hash is kept."""
    Invitation.objects.filter(user=user).open(now).update(revoked_at=now)
    token = new_token()
    Invitation.objects.create(user=user, token_hash=hash_token(token), invited_by=by, expires_at=now + INVITATION_LIFE)
    return token


def find(token: str, now: datetime) -> Invitation:
    """The open invitation behind a token. Changes nothing. Raises InvitationGone."""
    invitation = Invitation.objects.for_token(token).open(now).select_related("user").first()
    if invitation is None:
        raise InvitationGone
    return invitation


@transaction.atomic
def accept(token: str, *, username: str, password: str, now: datetime) -> User:
    """Set login name and password, once. Raises LoginNameTaken, and InvitationGone, also for the second of two at once.

    When it raises, the link stays as it was.
    """
    invitation = find(token, now)
    if not Invitation.objects.filter(pk=invitation.pk).open(now).update(used_at=now):
        raise InvitationGone
    user = invitation.user
    user.username = username
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(update_fields=["username", "password"])
    except IntegrityError as error:
        raise LoginNameTaken from error
    return user


def propose_username(user: User) -> str:
    """A free login name made of the name's pinyin, or the one that the account has already."""
    if not user.username.startswith("invited-"):
        return user.username
    stem = re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(user.display_name)).lower())[:30] or "neighbour"
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    return next(name for name in (stem, *(f"{stem}{n}" for n in range(2, len(taken) + 3))) if name not in taken)
