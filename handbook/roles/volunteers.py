"""The help for volunteers and those who lead them."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import PostKind
from handbook.roles.page import Answer, Line, Page

SQUAD_LEADER = Page(
    slug="squad-leader",
    title=_("Squad leader"),
    opening=_("You plan what your squad does, find who helps, and see that hours are written down rightly."),
    posts=frozenset({PostKind.VOLUNTEER_LEADER}),
    monday=(
        Line(
            _("Begin with your day: activities to sum up, hours to approve, help that nobody could give."),
            "my_day",
            _("My day"),
        ),
        Line(_("Sum up what was held: how many came, whom it served, two photos."), "activities", _("Activities")),
        Line(
            _("Approve the hours of your squad. Your own are approved by who leads the association."),
            "hours",
            _("Hours"),
        ),
        Line(
            _("Look at the requests for help that wait, and ask somebody yourself where nobody answered."),
            "helping",
            _("Help among neighbours"),
        ),
    ),
    week=(
        Line(
            _("Plan the next activity: time, place, how many places. Neighbours sign up on the board."),
            "activity_new",
            _("Plan an activity"),
        ),
        Line(
            _("Fetch the code for the door, so that people tick themselves; or print the sheet."),
            "activities",
            _("Activities"),
        ),
        Line(_("Take in who would like to join, with consent, skills and free times."), "teams", _("Squads")),
        Line(_("Give each volunteer without an account their personal link."), "teams", _("Squads")),
        Line(
            _("Propose somebody for an honour; their figures stand beside the name."),
            "honour_suggestions",
            _("Whom the figures suggest"),
        ),
    ),
    asked=(
        Answer(
            _("A line of hours is wrong."),
            _("It is never changed: you write one against it, with the reason. Both stay, and the sum is right."),
            "hours",
            _("Hours"),
        ),
        Answer(
            _("It rains. Can I move the activity?"),
            _(
                "Yes, as long as nobody has come. Everybody who signed up is told; who "
                "left a number only is on the list to ring."
            ),
            "activities",
            _("Activities"),
        ),
        Answer(
            _("More want to come than there are places."),
            _("They wait in order; when somebody gives a place back, the next one moves up and is told."),
        ),
    ),
)

VOLUNTEER = Page(
    slug="volunteer",
    title=_("Volunteer"),
    opening=_(
        "You give neighbours time, as much as you like. Everything here can be done with your personal link, too."
    ),
    monday=(
        Line(
            _("Say what you can do and when you have time; only what fits is offered to you."),
            "own_help",
            _("My page as a volunteer"),
        ),
        Line(
            _("Answer when you are asked for help. No is an answer too: then the next one is asked."),
            "helping",
            _("Help among neighbours"),
        ),
        Line(_("Look what is planned this week, and take a place."), "activities", _("Activities")),
    ),
    week=(
        Line(
            _("Scan the code at the door when you come: then your hours write themselves."),
            "activities",
            _("Activities"),
        ),
        Line(_("Look at your hours, and say so if a line is wrong."), "my_hours", _("My hours")),
        Line(_("Have the activities in your own calendar."), "subscribe", _("In my phone's calendar")),
        Line(_("See whom your compound has honoured."), "board_honours", _("Honours")),
    ),
    asked=(
        Answer(
            _("I have no account."),
            _(
                "Your squad's leader gives you a personal link. It is yours alone; a "
                "new one makes the old one worthless."
            ),
        ),
        Answer(
            _("I do not want to be named any more."),
            _("Take back your consent on your page: your name goes, the hours stay in the sum."),
            "own_help",
            _("My page as a volunteer"),
        ),
        Answer(
            _("Who sees the number of the neighbour whom I help?"),
            _("You, once you have agreed, until it is done."),
        ),
    ),
)
