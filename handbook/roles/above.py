"""The help for those of the community: the secretary of the general branch, community and grid workers."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import PostKind
from handbook.roles.page import Answer, Line, Page

GENERAL_SECRETARY = Page(
    slug="general-secretary",
    title=_("General branch secretary"),
    opening=_("You help where a compound cannot go on alone, and see that its four seats are filled."),
    posts=frozenset({PostKind.GENERAL_SECRETARY}),
    monday=(
        Line(
            _("Begin with your day: what was passed upward to you, and what went one level up because it is late."),
            "my_day",
            _("My day"),
        ),
        Line(
            _("Answer what street or district demand, by the day they named, together with the branch."),
            "issues",
            _("Issues"),
        ),
        Line(
            _(
                "Look at the four seats. Where a party has no body, fill the seat or "
                "declare it vacant, with reason and end."
            ),
            "council",
            _("The four seats and the council"),
        ),
        Line(_("Approve what the branch secretary proposed for honours."), "honours", _("Honours")),
    ),
    week=(
        Line(
            _("See whether a secretary's term ends, and appoint in time."),
            "tree",
            _("Neighbours"),
        ),
        Line(
            _("Read what the parties promised and what came of it, before you visit a branch."),
            "promises",
            _("Promises kept and late"),
        ),
        Line(
            _("Look at the figures: how many matters were settled here, and how long each step took."),
            "figures",
            _("Figures"),
        ),
        Line(_("Read who changed what, once a month."), "audit", _("Who changed what")),
    ),
    asked=(
        Answer(
            _("Why can I not sort or close a matter myself?"),
            _(
                "That is the branch's, so that it is decided once and near the people. You answer what was passed to "
                "you; with your answer the matter goes on."
            ),
        ),
        Answer(
            _("Who erases somebody's entry?"),
            _("You. On the page of that person is “Erase”; it empties everything personal and cannot be undone."),
            "people",
            _("All people"),
        ),
    ),
)

COMMUNITY_WORKER = Page(
    slug="community-worker",
    title=_("Community worker and grid worker"),
    opening=_("You go round in several compounds, listen, write down, and bring together what belongs together."),
    posts=frozenset({PostKind.COMMUNITY_WORKER, PostKind.GRID_WORKER}),
    monday=(
        Line(
            _("Begin with your day, compound by compound; the round button at the top changes over."),
            "my_day",
            _("My day"),
        ),
        Line(
            _("Look which doors nobody has spoken with for long, and plan two walks for the week."),
            "my_doors",
            _("My doors"),
        ),
        Line(
            _("Complete the reports that residents sent by QR code: who is it, which door, what is meant."),
            "issues",
            _("Issues"),
        ),
        Line(_("Tell those who are invited to the next meeting, and tick them off."), "meetings", _("Meetings")),
        Line(_("Hang up what is still to hang, and tick it with a photo."), "board", _("Board")),
    ),
    week=(
        Line(
            _(
                "Write down at the door what people say, in their words. One matter, "
                "one entry; a neighbour's is a voice."
            ),
            "issue_new",
            _("Record a matter"),
        ),
        Line(_("Look in on the households of the care list, in their rhythm."), "cares", _("Care list")),
        Line(
            _("Ask for help for a neighbour who needs it; a volunteer is found by itself."),
            "helping",
            _("Help among neighbours"),
        ),
        Line(
            _("See what is planned, and whether every month of the year has its activity."),
            "activities",
            _("Activities"),
        ),
        Line(
            _("At the end of a quarter key in paper sheets; two different people key in each one."),
            "scoring_rounds",
            _("Quarterly scoring"),
        ),
    ),
    asked=(
        Answer(
            _("I see a phone number with stars only."),
            _("You may look at it, with a reason. The reason is kept, and the number is shown once."),
            "people",
            _("All people"),
        ),
        Answer(
            _("A matter is about a quarrel between two families."),
            _(
                "Choose that category: it begins confidential, nobody outside the "
                "branch reads it, and it never goes on "
                "a list or the board."
            ),
            "issue_new",
            _("Record a matter"),
        ),
    ),
)
