"""What stands on a door, as people type it and as it is kept."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import plain

LONGEST = 10
no_spaces = RegexValidator(r"^\S+\Z", _("A door has no spaces in it."))


class DoorField(forms.CharField):
    """One door; in full width or half it is the same."""

    default_validators = [no_spaces]

    def __init__(self, *, max_length: int = LONGEST, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "")
