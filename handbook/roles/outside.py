"""The help for those who have no post in a compound: residents, and the people of district and street."""

from django.utils.translation import gettext_lazy as _

from handbook.roles.page import Answer, Line, Page

RESIDENT = Page(
    slug="resident",
    title=_("Resident"),
    opening=_("You need no account. Say what is the matter, read what becomes of it, and say whether it is well done."),
    monday=(
        Line(
            _(
                "Something is broken, or troubles you: scan the code at your entrance, "
                "choose what it is, and send it with a photo."
            )
        ),
        Line(
            _(
                "Keep the code that you are shown: with it you see how far your matter "
                "is. Or tell your steward at the door."
            ),
            "board",
            _("Board"),
        ),
        Line(_("Read what was agreed and what was done."), "board", _("Board")),
        Line(_("Read the notices of your compound."), "board_notices", _("Notices")),
    ),
    week=(
        Line(_("Come to a meeting, listen and speak, or send a few words that are read out."), "board", _("Board")),
        Line(
            _("Object to what is posted, as long as it hangs. You get an answer within three working days."),
            "objection_answer",
            _("My objection's answer"),
        ),
        Line(_("Take part in an activity: your name and a number are enough."), "board_activities", _("Activities")),
        Line(_("Give a place back that you cannot use."), "place_code", _("My place")),
        Line(_("Check a certificate of honour."), "certificate_check", _("Check a certificate")),
    ),
    asked=(
        Answer(
            _("Does anybody see my name?"),
            _("The steward and the branch do. On the board and for the property company there is no name and no door."),
        ),
        Answer(
            _("Nothing has happened for a week."),
            _(
                "Open the matter on the board and urge: whoever is responsible is "
                "told. Three times take it one level up."
            ),
            "board",
            _("Board"),
        ),
        Answer(
            _("It is done, but badly."),
            _(
                "Say so with your rating: one or two stars with a reason, and the branch "
                "must answer within three working days."
            ),
            "board",
            _("Board"),
        ),
        Answer(
            _("The letters are too small."),
            _("Tap “Larger text” at the top of the page. It stays like that on your phone."),
        ),
    ),
)

DISTRICT = Page(
    slug="district",
    title=_("District and street staff"),
    opening=_(
        "You see all compounds as far as your district, street or community reaches, and help where one is stuck."
    ),
    monday=(
        Line(
            _("Read the sentence at the top, then the ten compounds that need attention and why."),
            "/admin/",
            _("District overview"),
        ),
        Line(
            _("Look what is overdue anywhere, and how far up each matter has been taken. It is there for Excel, too."),
            "/admin/overdue/",
            _("Overdue"),
        ),
        Line(
            _("Where a branch owes an answer, open the compound and demand one by a day; it is told at once."),
            "/admin/compounds/",
            _("Compounds"),
        ),
        Line(
            _("Answer what was passed upward to you: with your answer the matter goes on in its compound."),
            "/admin/",
            _("District overview"),
        ),
    ),
    week=(
        Line(
            _("Open a new compound, alone or many from a spreadsheet, and appoint its secretary."),
            "/admin/registry/compound/",
            _("Compounds"),
        ),
        Line(
            _("Give community workers their posts: one appointment for all compounds of a community."),
            "/admin/registry/communityappointment/",
            _("Appointments"),
        ),
        Line(_("Look whether background work has failed anywhere."), "/admin/jobs/run/", _("Background work")),
        Line(
            _("At the end of a quarter put quarters and communities beside each other."),
            "/admin/comparison/",
            _("Quarters"),
        ),
    ),
    asked=(
        Answer(
            _("Why can I change nothing inside a compound?"),
            _("An office reads there and acts from its own pages, so that history names it. Each look is recorded."),
        ),
        Answer(
            _("A figure looks wrong."),
            _("Its definition stands beside it. Figures are counted anew when something changes; “as of” says when."),
            "/admin/",
            _("District overview"),
        ),
        Answer(
            _("I am read-only."),
            _(
                "Those who administer open compounds, appoint and demand answers. Ask "
                "them, or your district for that level."
            ),
        ),
    ),
)
