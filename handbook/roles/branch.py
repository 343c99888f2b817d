"""The help for those who lead the branch of a compound."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation.policies import BRANCH
from handbook.roles.page import Answer, Line, Page

SECRETARY = Page(
    slug="secretary",
    title=_("Branch secretary and committee"),
    opening=_("You sort what came in, call the four parties together, hand out what they agree on, and see it posted."),
    posts=BRANCH,
    monday=(
        Line(_("Begin with your day. What is late stands on top: take that first."), "my_day", _("My day")),
        Line(
            _(
                "Empty the inbox. Sort each matter by the six criteria; what is simple or dangerous you hand out at "
                "once. A question to whoever wrote it down is better than a guess."
            ),
            "inbox",
            _("The branch's inbox"),
        ),
        Line(
            _("Look at the tasks: decide about those that came back, and urge where nothing has moved."),
            "assignments",
            _("Tasks handed out"),
        ),
        Line(
            _("Answer objections. Each has three working days, and only you can say that one is right."),
            "objections",
            _("Objections"),
        ),
        Line(
            _(
                "Look through the edition of the issue list that is being made, and "
                "publish it before you call a meeting."
            ),
            "issue_lists",
            _("Issue lists"),
        ),
        Line(
            _("Call the week's meeting, put the matters in order, and let the stewards tell those who are invited."),
            "meetings",
            _("Meetings"),
        ),
        Line(
            _("Read the notices that wait for approval. One that you worded yourself, a colleague approves."),
            "notices",
            _("Notices"),
        ),
    ),
    week=(
        Line(
            _(
                "After a meeting, draw up the minutes the same evening. The parties have three working days to answer; "
                "only when you issue them are tasks handed out and results posted."
            ),
            "meetings",
            _("Meetings"),
        ),
        Line(
            _("Go to a building where a task was reported done, look, take a photo and verify it."),
            "assignments",
            _("Tasks handed out"),
        ),
        Line(
            _(
                "See which posts are vacant or end soon, and appoint: name, number, "
                "and a link that is good for seven days."
            ),
            "tree",
            _("Neighbours"),
        ),
        Line(
            _("Look which promises were kept and which are late. That is the first item of every meeting."),
            "promises",
            _("Promises kept and late"),
        ),
        Line(
            _("See whether messages reached the groups; where nobody knows, look in the group and say so."),
            "deliveries",
            _("What was sent"),
        ),
        Line(
            _("After each quarter the scoring opens by itself. Give links or paper to those who have not scored yet."),
            "scoring_rounds",
            _("Quarterly scoring"),
        ),
    ),
    asked=(
        Answer(
            _("Why can I not close this matter?"),
            _(
                "Its result must hang in public, objections and low ratings must "
                "have their answer, and every task must "
                "be verified. The page for closing names what is missing."
            ),
            "issues",
            _("Issues"),
        ),
        Answer(
            _("Why can nothing be decided at the meeting?"),
            _(
                "Each seat that is not vacant needs somebody who has not stepped back from this matter, the residents' "
                "seat three. Let them sign in, ask the missing party in writing afterwards, or put the matter off."
            ),
            "council",
            _("The four seats and the council"),
        ),
        Answer(
            _("May a meeting decide to use the maintenance fund?"),
            _(
                "No. By article 278 of the Civil Code only the owners may. Submit it "
                "to the owners' vote on the page of "
                "the item: the matter waits, with its question and the ballot period, until the result is entered."
            ),
        ),
        Answer(
            _("There is a fire, gas, or somebody trapped in a lift."),
            _(
                "First 119, the gas company or 96333; the numbers stand on the "
                "matter. Then hand it out in danger: it is "
                "reported to the next meeting among the earlier promises."
            ),
            "issue_new",
            _("Record a matter"),
        ),
        Answer(
            _("Somebody wants to see their number or name removed."),
            _("The secretary of the general branch erases the entry; the rows stay, without a name."),
            "people",
            _("All people"),
        ),
    ),
)
