"""Form fields for pictures: an upload that is no picture is an error beside its field, and nothing typed is lost."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from compounds.photos import intake

MOST_AT_ONCE = 9
_MISSING: dict[str, Any] = {"required": _("No photo is added yet.")}


class PhotoField(forms.FileField):
    """One picture; cleans to an ``intake.Picture`` (None when not required and not given)."""

    default_error_messages = _MISSING
    widget = forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        return _read(upload) if isinstance(upload, UploadedFile) else None


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Up to nine pictures; cleans to a list of ``intake.Picture``, empty when none was given."""

    default_error_messages = _MISSING
    widget = _ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[intake.Picture]:
        uploads = [upload for upload in data or [] if upload]
        if len(uploads) > MOST_AT_ONCE:
            raise forms.ValidationError(_("At most %(count)s photos at once.") % {"count": MOST_AT_ONCE})
        if self.required and not uploads:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [_read(super(PhotosField, self).clean(upload, initial)) for upload in uploads]


def _read(upload: UploadedFile) -> intake.Picture:
    try:
        return intake.read(upload)
    except intake.PhotoRefused as error:
        raise forms.ValidationError(error.message) from error
