"""The actions with notices, postings, their places and reminders, in words."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation.action_words import SETS_UP, register

_WRITE_ONE = _("You can write the notice as a draft, if your post may; the branch looks at it and decides.")
_BRANCH_SENDS = _(
    "Tell the branch which group missed something; it sees there what was sent and why something was not."
)

register(
    "place.tick",
    _("Tick that a posting hangs"),
    instead=_("If you see that one is missing or torn down, tell the steward of the building."),
)
register(
    "posting.make_picture",
    _("Have the pictures and sheets of a posting made"),
    instead=_(
        "The text to forward and the short link stand on the posting's page; a file that is there is yours to use."
    ),
)
register("spot.change", _("Set up the places where postings hang"), instead=SETS_UP)
register("reminder.read", _("Read one's own reminders"))
register("settings.quiet_hours", _("Set the quiet hours"), instead=SETS_UP)
register(
    "notice.write",
    _("Write a notice"),
    whose=_("A draft is worded anew by whoever wrote it, or by the branch."),
    instead=_("Tell your steward or the branch what neighbours should know; they write it."),
)
register("notice.approve", _("Approve a notice"), instead=_WRITE_ONE)
register("notice.publish", _("Publish a notice"), instead=_WRITE_ONE)
register(
    "notice.withdraw",
    _("Withdraw a notice"),
    whose=_(
        "A draft is given up by whoever wrote it; what is approved or hangs is withdrawn by the branch, with a reason."
    ),
    instead=_("If something in it is wrong, tell the branch, which withdraws or replaces it."),
)
register("robot.change", _("Set up robots of WeCom groups"), instead=SETS_UP)
register("delivery.read", _("See what was sent"), instead=_BRANCH_SENDS)
register("delivery.decide", _("Decide whether something is sent again"), instead=_BRANCH_SENDS)
register("outlet.choose", _("Choose how one is told"))
