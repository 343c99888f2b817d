"""Who may do what in the five steps, and who sees which field of a matter: data (domain: Who is who, Openness)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from compounds.organisation import settings_pages
from compounds.organisation.models import Household, Person, PostKind
from compounds.organisation.policies import BRANCH, register
from compounds.partners import handled
from consultation.models import Assignment, BodyKind, Care, Issue, Openness, ResponsibleBody, ScoringRound

# Who goes round and asks: stewards, party-member volunteers, residents' representatives (the article), paid workers.
ASKERS = BRANCH | {
    PostKind.BUILDING_STEWARD,
    PostKind.NEIGHBOUR_LEAD,
    PostKind.PARTY_MEMBER,
    PostKind.RESIDENTS_REP,
    PostKind.VOLUNTEER_LEADER,
    PostKind.GRID_WORKER,
    PostKind.COMMUNITY_WORKER,
}
ON_THE_SPOT = BRANCH | {PostKind.BUILDING_STEWARD}
DELIBERATING = BRANCH | {
    PostKind.PARTY_MEMBER,
    PostKind.RESIDENTS_REP,
    PostKind.BUILDING_STEWARD,
    PostKind.PROPERTY_STAFF,
    PostKind.OWNERS_COMMITTEE,
    PostKind.VOLUNTEER_LEADER,
}
# Who tells people that they are invited to a meeting.
TELLING = BRANCH | {PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD, PostKind.GRID_WORKER, PostKind.COMMUNITY_WORKER}
# Posts whose holders must act for their unit; a party member owns nothing of the branch's.
OWNING = BRANCH | {
    PostKind.BUILDING_STEWARD,
    PostKind.NEIGHBOUR_LEAD,
    PostKind.GENERAL_SECRETARY,
    PostKind.COMMUNITY_WORKER,
    PostKind.GRID_WORKER,
}
HANDLERS = BRANCH | {PostKind.PROPERTY_STAFF, PostKind.OWNERS_COMMITTEE}

# Whose people handle what is given to a body; the branch reports for bodies that have nobody here.
_PEOPLE_OF_BODY: dict[str, PostKind] = {
    BodyKind.PROPERTY_COMPANY: PostKind.PROPERTY_STAFF,
    BodyKind.OWNERS_COMMITTEE: PostKind.OWNERS_COMMITTEE,
}


def people_of_body(body: ResponsibleBody) -> PostKind | None:
    """The post of those here who handle what is given to a body; None where the branch reports for it."""
    return _PEOPLE_OF_BODY.get(body.kind)


def handles(person: Person, assignment: Assignment) -> bool:
    """Whether this person works for the body that was made responsible, or stands in for one that has nobody here."""
    post = _PEOPLE_OF_BODY.get(assignment.body.kind)
    return post in person.kinds if post else bool(BRANCH & person.kinds)


def sends_link(person: Person, assignment: Assignment) -> bool:
    """Whether this person may send a handler's link for the task: the body's own people, or the branch."""
    return bool(BRANCH & person.kinds) or handles(person, assignment)


def bodies_of(person: Person) -> QuerySet[ResponsibleBody]:
    """The bodies that this person reports for; the same rule as ``handles``."""
    kinds = {kind for kind, post in _PEOPLE_OF_BODY.items() if post in person.kinds}
    if BRANCH & person.kinds:
        kinds |= set(BodyKind.values) - set(_PEOPLE_OF_BODY)
    return ResponsibleBody.objects.filter(kind__in=kinds)


def holds_it(person: Person, issue: Issue) -> bool:
    """Whether the matter is with this person: they wrote it down, serve in the unit that owns it, or are the branch."""
    units = {post.unit_id for post in person.serving}
    return bool(BRANCH & person.kinds) or issue.recorded_by_id == person.pk or issue.owner_unit_id in units


def has_a_voice(person: Person, issue: Issue) -> bool:
    """Whether this person's own household stands behind the matter through them."""
    return issue.voices.filter(person=person, household__isnull=False).exists()


for _kind in BodyKind:
    handled.register(_kind.value, _kind.label)

# Who goes from door to door: each the doors that they may see.
VISITORS = BRANCH | {
    PostKind.BUILDING_STEWARD,
    PostKind.NEIGHBOUR_LEAD,
    PostKind.GRID_WORKER,
    PostKind.COMMUNITY_WORKER,
}

register("visit.record", VISITORS)
register("visit.take_back", VISITORS)
register("report.complete", VISITORS, mine=holds_it)
register("poster.make", BRANCH)
register("issue.record", ASKERS)
register("issue.add_voice", ASKERS)
register("issue.add_photo", ASKERS)
# Who sees there who spoke says ``sees``.
register("voice.agree_to_ring", ASKERS)
register("issue.hand_over", ASKERS, mine=holds_it)
register("issue.propose", BRANCH)
register("issue.visit_again", BRANCH | {PostKind.RESIDENTS_REP, PostKind.BUILDING_STEWARD})
register("issue.combine", BRANCH)
register("issue.ask_back", BRANCH)
register("issue.hand_out", BRANCH)
register("issue.hold", BRANCH)
register("issue.keep_outside_deadline", BRANCH)
register("settings.weigh", [PostKind.BRANCH_SECRETARY])
register("settings.clocks", [PostKind.BRANCH_SECRETARY])
register("issue.list", BRANCH)
register("list.publish", BRANCH)
register("meeting.convene", BRANCH)
register("meeting.sign_in", DELIBERATING)
register("meeting.run", BRANCH)
register("meeting.invite", TELLING)
register("vote.count", BRANCH | {PostKind.OWNERS_COMMITTEE})
register("seat.fill", [PostKind.GENERAL_SECRETARY, PostKind.BRANCH_SECRETARY])
register("seat.declare_vacant", [PostKind.GENERAL_SECRETARY])
register("council.appoint", [PostKind.GENERAL_SECRETARY, PostKind.BRANCH_SECRETARY])
register("council.end", [PostKind.GENERAL_SECRETARY, PostKind.BRANCH_SECRETARY])
register("minutes.draw_up", BRANCH)
register("minutes.confirm", DELIBERATING)
register("minutes.issue", BRANCH)
register("assignment.accept", HANDLERS, mine=handles)
register("assignment.report", HANDLERS, mine=handles)
register("assignment.ring", HANDLERS, mine=handles)
register("assignment.return", HANDLERS, mine=handles)
register("assignment.progress", HANDLERS, mine=handles)
register("assignment.send_link", HANDLERS, mine=sends_link)
register("assignment.decide_return", BRANCH)
register("assignment.nudge", BRANCH)
register("assignment.verify", ON_THE_SPOT)
register("body.manage", BRANCH)
register("objection.record", ASKERS)
register("objection.answer", BRANCH)
register("issue.post", BRANCH)
register("issue.rate_at_door", ASKERS)
register("issue.rate", PostKind, mine=has_a_voice)
register("issue.make_rating_link", ASKERS)
register("issue.close", BRANCH)
register("issue.take_up_again", BRANCH)
register("reopening.answer", BRANCH)
register("follow_up.record", ON_THE_SPOT)
register("issue.refer", BRANCH)
register("referral.answer", BRANCH | {PostKind.GENERAL_SECRETARY})
register("supervision.answer", BRANCH | {PostKind.GENERAL_SECRETARY})
register("issue.report", BRANCH)
register("issue.mediate", BRANCH)
register("issue.correct", BRANCH)
register("issue.set_openness", BRANCH)

# Who sees which field of a matter: role × openness × field (domain: Openness). Beside the posts stand the district's
# readers and nobody, who reads the board. Where a row is not seen, none of its fields is.
STAFF, NOBODY = "staff", "nobody"
# A partner's system, of the rows that ``consultation.api.sight`` gives it.
PARTNER = "partner"
_HERE: frozenset[Any] = frozenset(PostKind) | {STAFF}
_IN_CONFIDENCE: frozenset[Any] = BRANCH | {PostKind.GENERAL_SECRETARY}
# The property company and outside handlers see place, matter and photos, never who spoke.
_WHO_SPOKE: frozenset[Any] = (ASKERS | {PostKind.GENERAL_SECRETARY}) - {
    PostKind.PARTY_MEMBER,
    PostKind.VOLUNTEER_LEADER,
}
_NO_ONE: frozenset[Any] = frozenset()


def _fields(row: frozenset[Any], *, board: frozenset[Any] = _NO_ONE) -> dict[str, frozenset[Any]]:
    return {
        "row": row | board,
        "title": row | board,
        # Building and entrance; what is written beside them may name a door.
        "place": row | board,
        "place_note": row,
        "photos": row | board,
        # The first speaker's own words tell who they are (“my mother is eighty, we live above it”). What is to be done
        # stands in title, category, place and photos, and in the task as the branch words it.
        "said": row - {PostKind.PROPERTY_STAFF},
        "notes": row,
        # What others said: with their voice, with a rating, when they were asked again.
        "voice_words": row - {PostKind.PROPERTY_STAFF, STAFF},
        "spoken_by": _WHO_SPOKE & row,
        # Outside the branch, doors show as building and entrance.
        "door": _IN_CONFIDENCE & row,
        "parties": BRANCH & row,
        # Name and masked number of those who agreed to be rung, on the page of the task of whoever handles it.
        "to_ring": HANDLERS & row,
        # On no page of a matter: a number is revealed on a page of its own, once, with a reason.
        "phone": _NO_ONE,
    }


FIELDS: dict[str, dict[str, frozenset[Any]]] = {
    Openness.PUBLIC: _fields(_HERE, board=frozenset({NOBODY, PARTNER})),
    Openness.MEMBERS: _fields(_HERE, board=frozenset({PARTNER})),
    Openness.CONFIDENTIAL: _fields(_IN_CONFIDENCE),
}
# What a partner's system reads beyond its column with the scope for personal data. Not where it handles tasks: outside
# handlers never see who spoke, and ring only who agreed.
PERSONAL = frozenset({"said", "spoken_by", "place_note"})
# Who wrote a matter down knows what they wrote, whatever it has become.
RECORDER = frozenset(
    {"row", "title", "place", "place_note", "photos", "said", "voice_words", "notes", "spoken_by", "door"}
)
# A system knows what it sent. Not what the branch and others add later: of who spoke it asks by the scope for personal
# data, and that is written down.
PARTNER_RECORDER = frozenset({"said", "place_note"})


def reads_words(person: Person | None) -> bool:
    """Whether this person reads the own words of those who brought the matters that every member may know of."""
    roles = person.kinds if person is not None else {STAFF}
    return bool(FIELDS[Openness.MEMBERS]["said"] & roles)


def sees(person: Person | None, issue: Issue, field: str) -> bool:
    """Whether this person (None: a reader of the district) sees ``field`` of a matter."""
    if person is not None and issue.recorded_by_id == person.pk and field in RECORDER:
        return True
    roles = person.kinds if person is not None else {STAFF}
    return bool(FIELDS[issue.openness][field] & roles)


# Setting the categories, and erasing a person on request.
register("category.change", [PostKind.BRANCH_SECRETARY])
register("person.erase", [PostKind.GENERAL_SECRETARY])
settings_pages.register(
    "settings_categories",
    _("Categories"),
    _("What matters are sorted by, how open they begin, and which belong to the owners' vote."),
    "category.change",
)
settings_pages.register_for_person(
    "person_erase", _("Erase"), _("Empty the personal fields of this entry."), "person.erase"
)
settings_pages.register(
    "settings_clocks",
    _("Time limits and escalation"),
    _("How long each step may take, and when something late goes one level up."),
    "settings.clocks",
)

# Quarterly scoring. Who may score is the round's snapshot, not today's posts: a post that ended takes nothing away.


def was_drawn(person: Person, scoring: ScoringRound) -> bool:
    """Whether this person is among the round's scorers."""
    return scoring.scorers.filter(person=person).exists()


register("scoring.score", PostKind, mine=was_drawn)
register("scoring.run", BRANCH)
register("scoring.make_link", BRANCH)
register("scoring.hand_out_paper", BRANCH)
# Two different people key each sheet in, so the branch is not enough where it is one person.
register("scoring.key_paper", BRANCH | {PostKind.COMMUNITY_WORKER, PostKind.GRID_WORKER})
# The full order is for the branch only (domain: Quarterly scoring).
register("scoring.see_order", BRANCH)
register("scoring.note", BRANCH)
register("scoring.correct", [PostKind.BRANCH_SECRETARY])
register("settings.scoring", [PostKind.BRANCH_SECRETARY])
settings_pages.register(
    "settings_scoring",
    _("Quarterly scoring"),
    _("How long it is scored, and how long the result hangs."),
    "settings.scoring",
)

# The care list: what a household is looked in on for is seen by those who need it only.


def doors_in_care_of(person: Person) -> QuerySet[Household]:
    """The doors that this person may put on the care list: the branch all, stewards and leads their own."""
    if BRANCH & person.kinds:
        return Household.objects.all()
    kinds = {PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD}
    units = [post.unit_id for post in person.serving if post.kind in kinds]
    return Household.objects.filter(Q(entrance__building__unit__in=units) | Q(group__in=units))


def keeps_care_of(person: Person, household: Household) -> bool:
    return doors_in_care_of(person).filter(pk=household.pk).exists()


def looks_in(person: Person, care: Care) -> bool:
    """Whether this person may write down that they looked in: the carer, or whoever keeps the entry."""
    return care.carer_id == person.pk or keeps_care_of(person, care.household)


register("care.keep", BRANCH | {PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD}, mine=keeps_care_of)
register("care.visit", PostKind, mine=looks_in)
