"""The help for those who do the work: the property company, the owners' committee, others who are made responsible."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import PostKind
from handbook.roles.page import Answer, Line, Page

HANDLING_PARTY = Page(
    slug="handling",
    title=_("Property company and owners' committee"),
    opening=_("You do what was agreed, by the day that you promised, and show that it is done."),
    posts=frozenset({PostKind.PROPERTY_STAFF, PostKind.OWNERS_COMMITTEE}),
    monday=(
        Line(_("Begin with your day: new tasks, and those whose day comes near."), "my_day", _("My day")),
        Line(
            _(
                "Accept each new task today, or return it with your reason: the branch "
                "then decides, and the clock is not yours."
            ),
            "assignments",
            _("Tasks handed out"),
        ),
        Line(
            _("Report how a task goes on before somebody has to ask: one sentence and a photo."),
            "assignments",
            _("Tasks handed out"),
        ),
        Line(
            _("For the worker on the spot make a link: it opens that one task only, without an account."),
            "assignments",
            _("Tasks handed out"),
        ),
        Line(
            _("Report done what is done, with a photo. A steward comes and looks."),
            "assignments",
            _("Tasks handed out"),
        ),
    ),
    week=(
        Line(
            _("Prepare the meeting: what became of your promises is its first item, body by body."),
            "promises",
            _("Promises kept and late"),
        ),
        Line(
            _("Sign in for your party on the day, and answer to the minutes within three working days."),
            "meetings",
            _("Meetings"),
        ),
        Line(
            _("Tell residents in good time when the water is turned off: write a notice, the branch publishes it."),
            "notice_new",
            _("Write a notice"),
        ),
        Line(
            _("The owners' committee enters what an owners' vote came to, by persons and by area."),
            "meetings",
            _("Meetings"),
        ),
    ),
    asked=(
        Answer(
            _("Why do I not see who complained?"),
            _(
                "You see place, matter and photos. Whoever wants to be called says so, and "
                "then you find the number on the task."
            ),
        ),
        Answer(
            _("It cannot be done as it was agreed."),
            _("Return the task with your reason and, if you can, another way. The branch takes it to a meeting again."),
            "assignments",
            _("Tasks handed out"),
        ),
        Answer(
            _("It costs more than was agreed, or needs the maintenance fund."),
            _(
                "Stop and say so with a report. Only the owners decide on the fund; an "
                "emergency repair is recorded as such."
            ),
        ),
        Answer(
            _("The photo was taken, but the task came back."),
            _("Whoever looked on the spot says what is missing; it stands on the task. Put it right and report again."),
            "assignments",
            _("Tasks handed out"),
        ),
    ),
)
