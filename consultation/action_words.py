"""The actions of the five steps in words, and what those can do whose action it is not."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.organisation.action_words import SETS_UP, register

_SAY_IT = _("What you know of it you can say on the matter's page: add a voice or a photo, if your post may.")
_RECORD = _("Tell the steward of the building, or send it by the QR code at the entrance.")
_BRANCH_SORTS = _("The branch decides this for everybody, so that it is decided once. Its reasons stand in the story.")
_COME = _("Everybody may sign up for a meeting, attend and speak.")
_ITS_BODY = _(
    "Only the responsible body's own people can act on a task; the branch acts for bodies that have nobody here."
)
_WAIT_FOR_BODY = _("The branch can urge the responsible body; tell the branch if you see that nothing happens.")
_HOLDS_IT = _("A matter is for whoever wrote it down, for those who serve in the unit that has it, and for the branch.")
_RATE = _("Your household's rating counts: say it at the door, on the matter's page or by your own link.")
_BOARD = _("The result and how it came about hang on the board when it is posted.")
_CARE = _(
    "A household on the care list is for whoever looks in there, for those who keep that door, and for the branch."
)
_TELL_WHO_KEEPS = _("If you worry about somebody, tell the steward or neighbour lead of their door.")

# Step 1
register("visit.record", _("Write down that one rang at a door"), instead=_RECORD)
register("visit.take_back", _("Undo what one wrote down at a door"), instead=_RECORD)
register("report.complete", _("Complete a resident's report"), whose=_HOLDS_IT, instead=_RECORD)
register("poster.make", _("Make the entrance posters"), instead=_("Whoever sees that one is missing tells the branch."))
register("issue.record", _("Record a matter"), instead=_RECORD)
register("issue.add_voice", _("Add a voice to a matter"), instead=_RECORD)
register(
    "issue.add_photo", _("Add photos to a matter"), instead=_("Who works on it adds photos to the report on the task.")
)
register(
    "voice.agree_to_ring",
    _("Write down who may be called"),
    instead=_("Those who spoke say it themselves to the person who wrote the matter down."),
)
register("issue.hand_over", _("Hand a matter over to the branch"), whose=_HOLDS_IT, instead=_SAY_IT)
register("care.keep", _("Keep a household on the care list"), whose=_CARE, instead=_TELL_WHO_KEEPS)
register("care.visit", _("Write down that one looked in"), whose=_CARE, instead=_TELL_WHO_KEEPS)

# Step 2
register("issue.propose", _("Sort a matter"), instead=_SAY_IT)
register("issue.visit_again", _("Go to a household again"), instead=_SAY_IT)
register("issue.combine", _("Merge or split matters"), instead=_BRANCH_SORTS)
register("issue.ask_back", _("Return a matter with a question"), instead=_BRANCH_SORTS)
register("issue.hand_out", _("Hand a matter out directly"), instead=_BRANCH_SORTS)
register("issue.hold", _("Put a matter on hold"), instead=_BRANCH_SORTS)
register("issue.keep_outside_deadline", _("Write down a deadline from outside"), instead=_BRANCH_SORTS)
register("issue.list", _("Put a matter on the issue list"), instead=_BRANCH_SORTS)
register("list.publish", _("Publish an issue list"), instead=_("Published editions can be read by everybody here."))
register("settings.weigh", _("Set the weights of points"), instead=SETS_UP)
register("settings.clocks", _("Set the time limits"), instead=SETS_UP)
register("category.change", _("Set up the categories"), instead=SETS_UP)

# Step 3
register("meeting.convene", _("Convene a meeting"), instead=_COME)
register("meeting.sign_in", _("Sign in at a meeting for a party"), instead=_COME)
register("meeting.run", _("Lead a meeting and record what is decided"), instead=_COME)
register("meeting.invite", _("Tell people that they are invited"), instead=_COME)
register(
    "vote.count",
    _("Enter the result of the owners' vote"),
    instead=_("Owners vote on paper or in the assembly; the result is published with both counts."),
)
register(
    "seat.fill", _("Fill the seat of a party"), instead=_("Who sits, and on what basis, stands on the council's page.")
)
register(
    "seat.declare_vacant",
    _("Declare a seat vacant"),
    instead=_("Only the general branch does this, with a reason and an end; the minutes print it."),
)
register(
    "council.appoint",
    _("Appoint a deliberator"),
    instead=_("Tell the branch whom you would like to see on the council."),
)
register(
    "council.end",
    _("End a deliberator's term"),
    instead=_("Tell the branch what you think; the quarterly scoring counts."),
)
register("minutes.draw_up", _("Draw up the minutes"), instead=_BOARD)
register(
    "minutes.confirm",
    _("Confirm the minutes for a seat"),
    instead=_("Those who sat for a party answer for it; tell them what you think is missing."),
)
register("minutes.issue", _("Issue the minutes"), instead=_BOARD)

# Step 4
register("assignment.accept", _("Accept a task"), whose=_ITS_BODY, instead=_WAIT_FOR_BODY)
register("assignment.report", _("Report a task done"), whose=_ITS_BODY, instead=_WAIT_FOR_BODY)
register("assignment.ring", _("See whom one may ring about a task"), whose=_ITS_BODY, instead=_WAIT_FOR_BODY)
register("assignment.return", _("Return a task with a reason"), whose=_ITS_BODY, instead=_WAIT_FOR_BODY)
register("assignment.progress", _("Report how a task goes on"), whose=_ITS_BODY, instead=_WAIT_FOR_BODY)
register(
    "assignment.send_link",
    _("Make a link for whoever does the work"),
    whose=_("The link is made by the people of the responsible body, or by the branch."),
    instead=_WAIT_FOR_BODY,
)
register("assignment.decide_return", _("Decide about a returned task"), instead=_WAIT_FOR_BODY)
register(
    "assignment.nudge",
    _("Urge the responsible body"),
    instead=_("Everybody can urge on the matter's page of the board."),
)
register(
    "assignment.verify",
    _("Verify a task on the spot"),
    instead=_("If you were there and saw it, tell the steward of the building what you saw."),
)
register(
    "body.manage", _("Keep the list of responsible bodies"), instead=_("Tell the branch who is missing or has changed.")
)
register("issue.post", _("Post a result"), instead=_BOARD)
register(
    "objection.record",
    _("Take down an objection"),
    instead=_("Everybody can object on the posting's page of the board, within its period."),
)
register(
    "objection.answer", _("Answer an objection"), instead=_("The answer stands under the code that the objector got.")
)

# Step 5
register("issue.rate_at_door", _("Take down a household's rating"), instead=_RATE)
register(
    "issue.rate",
    _("Rate a result for one's own household"),
    whose=_("A rating counts only for a household that stands behind the matter, once for each."),
    instead=_("On the board everybody can say what they think; that is shown apart and not counted."),
)
register("issue.make_rating_link", _("Make a resident's link to rate"), instead=_RATE)
register("issue.close", pgettext_lazy("action", "Close a matter"), instead=_RATE)
register(
    "issue.take_up_again",
    _("Take a closed matter up again"),
    instead=_("If it has come back, say so with your rating, or let it be recorded anew: it is linked to this one."),
)
register("reopening.answer", _("Answer a low rating"), instead=_RATE)
register("follow_up.record", _("Write down how it is a month later"), instead=_RATE)
register("issue.refer", _("Pass a matter upward"), instead=_BRANCH_SORTS)
register("referral.answer", _("Enter the answer from above"), instead=_BRANCH_SORTS)
register("supervision.answer", _("Answer the office above"), instead=_BRANCH_SORTS)
register("issue.report", _("Write down that a matter was reported to an authority"), instead=_BRANCH_SORTS)
register(
    "issue.mediate",
    _("Hand a matter to a mediator"),
    instead=_("What is between named people is kept among few. Tell the branch if somebody needs help now."),
)
register("issue.correct", _("Correct a matter"), instead=_("Tell the branch what is wrong in it."))
register(
    "issue.set_openness",
    _("Say who may know of a matter"),
    instead=_("Tell the branch why more, or fewer, should know."),
)
register(
    "person.erase",
    _("Erase a person's entry"),
    instead=_("Whoever wants to be erased asks the branch; the general branch's secretary does it."),
)

# Quarterly scoring
_WHAT_COUNTS = _("How the scoring came out is posted; your own result, if you sat, you see on the quarter's page.")
register(
    "scoring.score",
    _("Score the quarter"),
    whose=_("Only those who were drawn as scorers when the round opened score, each once."),
    instead=_("Say what you think with a rating, on the matters that you know."),
)
register("scoring.run", _("See how a round goes on, and who has scored"), instead=_WHAT_COUNTS)
register("scoring.make_link", _("Make a scorer's link"), instead=_("A scorer without a link asks the branch for one."))
register("scoring.hand_out_paper", _("Hand out paper sheets"), instead=_("A scorer who prefers paper asks the branch."))
register("scoring.key_paper", _("Key paper sheets in"), instead=_WHAT_COUNTS)
register("scoring.see_order", _("See the full order"), instead=_WHAT_COUNTS)
register("scoring.note", _("Take note of a quarter without scoring"), instead=_WHAT_COUNTS)
register(
    "scoring.correct",
    _("Correct a posted result"),
    instead=_("Object to the posting while it hangs, with your reason."),
)
register("settings.scoring", _("Set how long it is scored"), instead=SETS_UP)
