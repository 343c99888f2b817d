"""Phone numbers as people type them, and as they are kept."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import plain


def as_kept(typed: str) -> str:
    """The number without blanks, dashes and brackets, in full width or half; whatever else was typed stays."""
    return re.sub(r"[\s()-]", "", plain(typed))


def is_phone(kept: str) -> bool:
    return re.fullmatch(r"\+?[0-9]{7,15}", kept) is not None


class PhoneField(forms.CharField):
    """One number of 7 to 15 digits, perhaps with a + before it; blanks, dashes and brackets are left out."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})

    def __init__(self, *, max_length: int = 20, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def clean(self, value: Any) -> str:
        phone = as_kept(super().clean(value))
        if phone and not is_phone(phone):
            raise forms.ValidationError(_("A phone number has 7 to 15 digits."), code="no_phone")
        return phone
