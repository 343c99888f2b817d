"""The e-mail address of an account. Whether it is really theirs, whoever sends there finds out first."""

from compounds.accounts.models import User


def email_of(user_id: int | None) -> str:
    """Empty where none is known, or the account was closed."""
    if user_id is None:
        return ""
    return User.objects.filter(pk=user_id, is_active=True).values_list("email", flat=True).first() or ""


def set_email(user_id: int, email: str) -> None:
    User.objects.filter(pk=user_id, is_active=True).update(email=email)
