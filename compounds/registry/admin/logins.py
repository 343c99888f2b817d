"""A login typed by name: no list of all accounts comes with the page, and no script to search in it."""

from typing import Any, override

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.accounts.models import User

# So many are named when what was typed fits several.
_NAMED = 5


class LoginField(forms.ModelChoiceField):
    """The account of that name among ``queryset``; the login name decides where two people have the same name."""

    widget = AdminTextInputWidget
    default_error_messages = {
        "unknown": _("No login that you may choose has the name “%(typed)s”."),
        "similar": _("No login has exactly the name “%(typed)s”. Did you mean: %(names)s?"),
        "several": _("Several people are called “%(typed)s”. Type the login name of one: %(names)s"),
    }

    @override
    def prepare_value(self, value: Any) -> Any:
        """What was typed, or the login name of who was chosen before."""
        found = self.queryset.filter(pk=value).first() if isinstance(value, int) else None
        return found.username if found else value

    @override
    def to_python(self, value: Any) -> User | None:
        typed = forms.CharField(required=False, max_length=150).clean(value)
        if not typed:
            return None
        named = list(self.queryset.filter(Q(username=typed) | Q(display_name=typed)).order_by("username")[: _NAMED + 1])
        exact = [user for user in named if user.username == typed]
        if len(exact or named) == 1:
            return (exact or named)[0]
        raise self._refusal(typed, named)

    def _refusal(self, typed: str, named: list[User]) -> ValidationError:
        code = "several"
        if not named:
            like = self.queryset.filter(Q(username__icontains=typed) | Q(display_name__icontains=typed))
            named = list(like.order_by("display_name", "username")[: _NAMED + 1])
            code = "similar" if named else "unknown"
        names = [f"{user.display_name} ({user.username})" for user in named[:_NAMED]]
        facts = {"typed": typed, "names": " · ".join(names) + (" …" if len(named) > _NAMED else "")}
        return ValidationError(self.error_messages[code], code=code, params=facts)
