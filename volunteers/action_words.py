"""The actions with volunteers, help, activities, hours and honours, in words."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation.action_words import SETS_UP, register

_TEAM = _("It is for those who lead the squad or its association, and for the branch.")
_ACTIVITY = _("An activity is for whoever planned it, for those who lead its squad, and for the branch.")
_IDEA = _("Tell a squad's leader or the branch what you have in mind; they plan it.")
_SIGN_UP = _("You can sign up for it as everybody can, and bring neighbours along.")
_OWN_HOURS = _("Look at your own hours, and dispute a line that is wrong; whoever leads the squad answers.")
_HONOUR = _("Propose somebody, if your post may, or tell your steward whom you have in mind.")

register("team.change", _("Set up associations and squads"), instead=_IDEA)
register(
    "volunteer.enrol",
    _("Take somebody into a squad"),
    whose=_TEAM,
    instead=_("Who would like to help can say so for themselves, or be brought to the squad's leader."),
)
register(
    "volunteer.keep",
    _("Keep a volunteer's entry"),
    whose=_("The branch keeps every volunteer's entry, a leader those of their own squad."),
    instead=_("Everybody keeps their own entry, or has it changed through their personal link."),
)
register("volunteer.own", _("Say what one can do for neighbours"))
register(
    "volunteer.suggest",
    _("Make a suggestion as a party member"),
    instead=_("Record what you noticed as a matter, if your post may, or tell your steward."),
)
register(
    "help.ask",
    _("Ask for help for a neighbour"),
    instead=_("Tell the steward or the neighbour lead of that door; they ask for it."),
)
register(
    "help.decide",
    _("Decide who is asked to help"),
    instead=_("Who has been asked answers for themselves; to be asked, say on your own page what you can do."),
)
register(
    "help.answer",
    _("Answer whether one can help"),
    whose=_("Who was asked answers, or the leader of their squad, or the branch for them."),
)
register("programme.change", _("Set up programmes, paired organisations and places for activities"), instead=_IDEA)
register("activity.plan", _("Plan an activity"), instead=_IDEA)
register("activity.change", _("Change an activity"), whose=_ACTIVITY, instead=_SIGN_UP)
register("activity.sign_up", _("Sign up for an activity"))
register(
    "activity.sign_up_for",
    _("Sign somebody else up"),
    instead=_("Everybody can sign up on the board, without an account; show them the page."),
)
register(
    "attendance.take",
    _("Take attendance"),
    whose=_ACTIVITY,
    instead=_("Whoever comes can tick themselves by the code at the door."),
)
register("hours.approve", _("Approve hours"), whose=_TEAM, instead=_OWN_HOURS)
register("hours.correct", _("Correct hours"), whose=_TEAM, instead=_OWN_HOURS)
register("hours.dispute", _("Dispute a line of hours"), whose=_("You can dispute only your own hours."))
register("hours.export", _("Export hours"), instead=_("Your own hours stand on your page, line by line and in total."))
register(
    "honour.propose",
    _("Propose somebody for an honour"),
    instead=_("Tell your steward or the branch whom you have in mind, and why."),
)
register(
    "honour.approve",
    _("Approve proposals for honours"),
    instead=_HONOUR,
)
register("honour.post", _("Put honours up in public"), instead=_HONOUR)
register("honour.give", _("Give honours, withdraw them and write down rewards"), instead=_HONOUR)
register("honour_kind.change", _("Set up which honours there are"), instead=SETS_UP)
