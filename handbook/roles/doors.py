"""The help for those who go from door to door: building stewards and neighbour leads."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import PostKind
from handbook.roles.page import Answer, Line, Page

STEWARD = Page(
    slug="steward",
    title=_("Building steward"),
    opening=_("You know your building: you ask, write down, tell people what came of it, and look whether it is done."),
    posts=frozenset({PostKind.BUILDING_STEWARD}),
    monday=(
        Line(_("Begin with your day: what waits for you, the late things first."), "my_day", _("My day")),
        Line(
            _(
                "Choose ten doors that are due for a visit. Ring, and tap what came "
                "of it; a wrong tap you can undo for "
                "a quarter of an hour."
            ),
            "my_doors",
            _("My doors"),
        ),
        Line(
            _("Write down what people say, in their own words and with a photo. It takes a minute."),
            "issue_new",
            _("Record a matter"),
        ),
        Line(
            _("Complete reports from the QR codes of your building, and hand over to the branch what is ready."),
            "issues",
            _("Issues"),
        ),
        Line(
            _("Hang the new postings at each entrance and forward them to the group; tick each place with a photo."),
            "board",
            _("Board"),
        ),
    ),
    week=(
        Line(
            _("Where a task was reported done in your building, go and look. Take a photo, then verify it or say no."),
            "assignments",
            _("Tasks handed out"),
        ),
        Line(
            _("Ask the households that spoke how satisfied they are, and write down each one's rating."),
            "issues",
            _("Issues"),
        ),
        Line(
            _("Tell those who are invited to a meeting, and bring along the words of those who cannot come."),
            "meetings",
            _("Meetings"),
        ),
        Line(_("Look in on the households of the care list."), "cares", _("Care list")),
        Line(_("Ask for help for somebody in your building."), "helping", _("Help among neighbours")),
    ),
    asked=(
        Answer(
            _("Two neighbours tell me the same thing."),
            _(
                "While you write, open matters that sound alike are shown. Add the "
                "neighbour's voice to the one that is "
                "there: the more households stand behind it, the sooner its turn comes."
            ),
            "issues",
            _("Issues"),
        ),
        Answer(
            _("Why can I not sort or close it?"),
            _("The branch does that for all buildings. You hear what became of it: it stands in the matter's story."),
        ),
        Answer(
            _("The letters are too small."),
            _("Tap “Larger text” at the top of the page. It stays like that on your phone."),
        ),
        Answer(
            _("I have no signal in the stairwell."),
            _("What you typed stays on your phone and is there again when you open the page. Send it upstairs."),
        ),
    ),
)

NEIGHBOUR_LEAD = Page(
    slug="neighbour-lead",
    title=_("Neighbour lead"),
    opening=_("You keep in touch with some fifteen doors. Nobody hears sooner than you when something is wrong."),
    posts=frozenset({PostKind.NEIGHBOUR_LEAD}),
    monday=(
        Line(_("Begin with your day: what waits for you, the late things first."), "my_day", _("My day")),
        Line(_("Ring at three doors that are due, and tap what came of it."), "my_doors", _("My doors")),
        Line(
            _("Write down what somebody told you; the branch gets it when you hand it over."),
            "issue_new",
            _("Record a matter"),
        ),
        Line(_("Read the notices, so that you can answer what neighbours ask."), "notices", _("Notices")),
    ),
    week=(
        Line(_("Hang postings at your entrance and tick them with a photo."), "board", _("Board")),
        Line(_("Look in on those of your doors who are on the care list."), "cares", _("Care list")),
        Line(_("Tell neighbours who are invited to a meeting."), "meetings", _("Meetings")),
        Line(_("Ask for help for somebody behind your doors."), "helping", _("Help among neighbours")),
    ),
    asked=(
        Answer(
            _("When does a door count as “in touch”?"),
            _(
                "When somebody there spoke with you within the set rhythm, ninety days "
                "unless your compound says otherwise."
            ),
            "tree",
            _("Neighbours"),
        ),
        Answer(
            _("Nobody opened. Do I write that down?"),
            _("Yes, with one tap: “not at home”. It does not count as contact, and the door stays due."),
            "my_doors",
            _("My doors"),
        ),
        Answer(
            _("May I pass on who complained?"),
            _(
                "No. The property company sees place and photos, never who spoke. What "
                "is confidential stays with the branch."
            ),
        ),
    ),
)
