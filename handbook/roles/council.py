"""The help for those who sit at the table: deliberators and residents' representatives."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import PostKind
from handbook.roles.page import Answer, Line, Page

RESIDENTS_REPRESENTATIVE = Page(
    slug="representative",
    title=_("Residents' representative"),
    opening=_("You speak for the residents' seat: you ask before a meeting, and tell afterwards."),
    posts=frozenset({PostKind.RESIDENTS_REP}),
    monday=(
        Line(_("Begin with your day: meetings, minutes and scoring that wait for your answer."), "my_day", _("My day")),
        Line(
            _(
                "Read the edition of the issue list that was published, and ask in "
                "your building about its first matters."
            ),
            "issue_lists",
            _("Issue lists"),
        ),
        Line(_("Look when the next meeting is. The residents' seat needs three of you."), "meetings", _("Meetings")),
        Line(_("Write down what you were told on the way."), "issue_new", _("Record a matter")),
    ),
    week=(
        Line(
            _("After a meeting read the minutes and answer for your seat within three working days."),
            "meetings",
            _("Meetings"),
        ),
        Line(_("Go to a household again where the branch needs to know more."), "issues", _("Issues")),
        Line(_("Propose a good neighbour for an honour."), "honours", _("Honours")),
        Line(
            _("After the quarter, score: two minutes, and nobody can see what you gave."),
            "scoring_rounds",
            _("Quarterly scoring"),
        ),
    ),
    asked=(
        Answer(
            _("I live above the place that is being discussed. May I decide?"),
            _("You may speak. For that matter you step back; another representative sits for the residents."),
        ),
        Answer(
            _("What if I do not agree with the others?"),
            _(
                "Say so: no is no, and then there is no consensus. Or agree with a "
                "reservation, which the minutes print."
            ),
        ),
        Answer(
            _("Neighbours cannot come to the meeting."),
            _("Whoever cannot come may send their words on the board; they are read out."),
            "board",
            _("Board"),
        ),
    ),
)

DELIBERATOR = Page(
    slug="deliberator",
    title=_("Deliberator and party member"),
    opening=_("You sit on the council for one party, whatever else you are, and help so that four parties agree."),
    posts=frozenset({PostKind.PARTY_MEMBER}),
    monday=(
        Line(_("Begin with your day: what waits for you."), "my_day", _("My day")),
        Line(_("See for which party you sit, and until when."), "council", _("The four seats and the council")),
        Line(_("Read the agenda before you come, and go past the places that it is about."), "meetings", _("Meetings")),
        Line(
            _("Look which promises the parties kept: that is the first item of every meeting."),
            "promises",
            _("Promises kept and late"),
        ),
    ),
    week=(
        Line(_("On the day, sign in with one tap on the meeting's page, for your party."), "meetings", _("Meetings")),
        Line(
            _("Say what you would do better here: a party member's suggestion is with the branch at once."),
            "suggestion",
            _("Make a suggestion"),
        ),
        Line(_("Say what you can do for neighbours, and when you have time."), "own_help", _("My page as a volunteer")),
        Line(
            _("After the quarter, score: two minutes, and nobody can see what you gave."),
            "scoring_rounds",
            _("Quarterly scoring"),
        ),
    ),
    asked=(
        Answer(
            _("Why can I not sign in yet?"),
            _("Signing in begins on the day of the meeting. If you have no seat, the branch signs you in as a guest."),
            "meetings",
            _("Meetings"),
        ),
        Answer(
            _("What does “step back” mean?"),
            _(
                "Who has an interest of their own in a matter takes no part in that one decision. "
                "It stands in the minutes, with the reason."
            ),
        ),
        Answer(
            _("Can anybody see how I scored?"),
            _("No. No sheet is kept; sums are sealed while they grow, and fewer than five scores give no result."),
            "scoring_rounds",
            _("Quarterly scoring"),
        ),
    ),
)
