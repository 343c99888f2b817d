"""Rules of step 1 that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class VoiceAlready(DomainError):
    """One voice a person and matter."""

    code = "voice_already"
    title = _("This voice is counted already")
    message = _("%(name)s stands behind this matter already.")


class VisitStands(DomainError):
    """A mis-tap is taken back by whoever tapped, soon, and before anything rests on it."""

    code = "visit_stands"
    title = _("This visit stays as it is")
    message = _(
        "A visit can be taken back by whoever made it, within %(minutes)s minutes, before a matter rests on it."
    )
    hint = _("Write down another visit that says what is so.")


class NotYourDoor(DomainError):
    """One of the doors is not among those that this person goes to, or not in that corridor."""

    code = "not_your_door"
    status = 404
    title = _("This door is not on your list")
    message = _("Nothing was written down. Your neighbour group may have changed a moment ago.")
    hint = _("Open your list of doors again, or ask your building steward.")


class ReportNotCompleted(DomainError):
    """A resident's report is handed over once somebody has looked at who sent it and from which door."""

    code = "report_not_completed"
    title = _("Complete the report first")
    message = _("A resident sent this by the QR code. Say who it was and which door, or that nobody could find out.")
    hint = _("Open the matter and choose “Complete the report”; then hand it over.")


class ReportCompleted(DomainError):
    """Somebody completed the report, maybe a moment ago."""

    code = "report_completed"
    title = _("This report is complete already")
    message = _("%(name)s completed it.")


class TooManyReports(DomainError):
    """One address, or one entrance, sent report after report."""

    code = "too_many_reports"
    status = 429
    title = _("Many reports have come from here")
    message = _("We take a limited number of reports in an hour, so that nobody floods the building's steward.")
    hint = _("Please come back in an hour, or tell your building's steward. In danger, call at once.")


class TooManyLooks(DomainError):
    """One address tried many tracking codes that lead nowhere."""

    code = "too_many_looks"
    status = 429
    title = _("That was a little too often")
    message = _("Many codes that do not exist were tried from here.")
    hint = _("Please come back in an hour, or ask your building's steward.")
