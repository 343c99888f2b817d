"""Rules of step 1 that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class VoiceAlready(DomainError):
    """One voice a person and matter."""

    code = "voice_already"
    title = _("This voice is counted already")
    message = _("%(name)s stands behind this matter already.")
