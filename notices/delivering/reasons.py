"""Why something was not sent, in words: what the codes of ``Delivery.error`` and ``Outlet.last_error`` mean."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_WORDS = {
    "not_reached": gettext_lazy("The other side could not be reached."),
    "no_answer": gettext_lazy("It went out and no answer came; perhaps it arrived."),
    "cut_off": gettext_lazy("The line broke before an answer came; perhaps it arrived."),
    "nonsense": gettext_lazy("The answer made no sense; perhaps it arrived."),
    "broken": gettext_lazy("Something went wrong here; the log says more."),
    "busy": gettext_lazy("The other side was too busy."),
    "too_often": gettext_lazy("More was sent than the other side takes in this time."),
    "too_old": gettext_lazy("It waited for too long."),
    "out_of_use": gettext_lazy("This way is no longer used."),
    "over": gettext_lazy("It was over before it could be sent."),
    "taken_down": gettext_lazy("It was taken down before it could be sent."),
    "no_such_robot": gettext_lazy("WeCom knows no such robot: it was removed from the group, or the address is wrong."),
    "host_not_allowed": gettext_lazy("This installation sends to no such address."),
    "sent_elsewhere": gettext_lazy("The other side wanted to send us on to another address."),
    "no_picture": gettext_lazy("There is no picture of it."),
    "picture_too_big": gettext_lazy("The picture is too large for the group."),
    "no_address": gettext_lazy("No address is known."),
    "not_confirmed": gettext_lazy("The address has not been confirmed, or is another one since."),
    "no_mobile_number": gettext_lazy("The phone number is not a mobile number."),
    "no_such_mailbox": gettext_lazy("There is no such mailbox."),
    "mailbox_busy": gettext_lazy("The mailbox took nothing at that moment."),
    "mail_refused": gettext_lazy("The mail server refused it."),
    "mail_password": gettext_lazy("The mail server refused our sign-in; the installation's settings are wrong."),
    "not_set_up": gettext_lazy("This installation has not set that up."),
    "sms_unpaid": gettext_lazy("The SMS account is empty or closed."),
    "sms_key": gettext_lazy("The SMS vendor refused our key; the installation's settings are wrong."),
    "sms_template_missing": gettext_lazy("No approved words for such an SMS are set up."),
}


def words(code: str) -> str:
    """Never empty for a code; one that only the other side knows is shown as it is."""
    if not code:
        return ""
    return str(_WORDS[code]) if code in _WORDS else _("The other side answered: %(code)s.") % {"code": code}
