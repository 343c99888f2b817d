"""Rules of associations and squads that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class TeamNameTaken(DomainError):
    """A name stands for one team."""

    code = "team_name_taken"
    title = _("There is a team of this name")
    message = _("“%(name)s” is the name of another team here.")
    hint = _("Choose another name.")


class InTeamAlready(DomainError):
    """Somebody is in a team once at a time."""

    code = "in_team_already"
    title = _("In the team already")
    message = _("%(name)s is in “%(team)s” in that time already.")
    hint = _("Choose another team, or a day on which they are no longer in it.")


class NotInTeamThen(DomainError):
    """Who leads, moves or leaves is in the team on that day."""

    code = "not_in_team_then"
    title = _("Not in the team on that day")
    message = _("%(name)s is not in “%(team)s” on that day.")
    hint = _("Somebody may have changed it a moment ago.")


class TeamStillServes(DomainError):
    """A team is dissolved once nobody serves in it."""

    code = "team_still_serves"
    title = _("People still serve in this team")
    message = _("%(count)s people or squads still belong to “%(team)s” on that day.")
    hint = _("Let them leave, or move them to another squad first.")


class TeamDissolved(DomainError):
    """Nobody joins a team that is no more, or one that is not founded yet."""

    code = "team_dissolved"
    title = _("This team is not there on that day")
    message = _("“%(team)s” was founded later, or dissolved before.")
    hint = _("Choose a day on which it is there.")
