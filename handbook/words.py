"""The product's words, as a neighbour would explain them. ``docs/glossary.md`` gives each its name in code."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Word:
    """A word as it stands on the pages, and what is meant by it."""

    word: Any
    meaning: Any


@dataclass(frozen=True)
class Chapter:
    """Words that belong together."""

    title: Any
    words: tuple[Word, ...]


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        _("Where and who"),
        (
            Word(
                pgettext_lazy("glossary", "Compound"),
                _("Some buildings with one fence, one property company and one board; it has its own pages here."),
            ),
            Word(
                pgettext_lazy("glossary", "General branch"),
                _("The party organisation of the community, above the compounds' branches."),
            ),
            Word(
                pgettext_lazy("glossary", "Branch"),
                _("The party branch of the compound: it sorts, calls meetings and hands out."),
            ),
            Word(
                pgettext_lazy("glossary", "Building steward"),
                _("Looks after one building, and verifies there whether something is done."),
            ),
            Word(pgettext_lazy("glossary", "Neighbour lead"), _("Keeps in touch with about fifteen doors.")),
            Word(
                pgettext_lazy("glossary", "Grid worker"),
                _("Goes round for the community in one part of it, in several compounds."),
            ),
            Word(
                pgettext_lazy("glossary", "Post"),
                _(
                    "What somebody may do follows from the posts that they hold today. "
                    "A term has a first and a last day."
                ),
            ),
            Word(
                pgettext_lazy("glossary", "In touch"),
                _("Somebody of that household spoke with a steward or lead within the set rhythm."),
            ),
            Word(
                pgettext_lazy("glossary", "Care list"),
                _("Households that somebody looks in on in a rhythm, because they agreed to it."),
            ),
        ),
    ),
    Chapter(
        _("A matter and its five steps"),
        (
            Word(
                pgettext_lazy("glossary", "Matter"),
                _("One thing that troubles people, from the first word to its closing. It has one number."),
            ),
            Word(
                pgettext_lazy("glossary", "Visit and ask"),
                _("Step 1: people go round, listen and write down; residents report by QR code."),
            ),
            Word(
                pgettext_lazy("glossary", "The branch proposes"),
                _("Step 2: the branch sorts by six criteria, asks again and makes the issue list."),
            ),
            Word(
                pgettext_lazy("glossary", "Four parties consult"),
                _("Step 3: branch, property company, owners' committee and residents agree, or do not."),
            ),
            Word(
                pgettext_lazy("glossary", "Divide and handle"),
                _("Step 4: whoever was made responsible does it; somebody looks on the spot; it is posted."),
            ),
            Word(
                pgettext_lazy("glossary", "Sum up and evaluate"),
                _("Step 5: households rate the result, and the matter is closed or taken up again."),
            ),
            Word(
                pgettext_lazy("glossary", "Voice"),
                _("One more person behind a matter. Voices of more households let its turn come sooner."),
            ),
            Word(
                pgettext_lazy("glossary", "Hold"),
                _(
                    "A reason why a matter waits. Its clock stands still, and it is "
                    "looked at again every ten working days."
                ),
            ),
            Word(
                pgettext_lazy("glossary", "Pass upward"),
                _("Asking the general branch, street or district for what the compound cannot settle alone."),
            ),
            Word(
                pgettext_lazy("glossary", "Demand from above"), _("An office asks the branch for an answer by a day.")
            ),
            Word(
                pgettext_lazy("glossary", "Mediation"),
                _("A mediator settles a quarrel between named people. It stays confidential."),
            ),
        ),
    ),
    Chapter(
        _("At the table"),
        (
            Word(
                pgettext_lazy("glossary", "Issue list"),
                _(
                    "Numbered, dated editions of the matters to be discussed, with points and "
                    "reasons. A published one never changes."
                ),
            ),
            Word(
                pgettext_lazy("glossary", "Item on the agenda"),
                _("What a matter is called while it is on a meeting's agenda."),
            ),
            Word(
                pgettext_lazy("glossary", "Council"),
                _("The deliberators together; the people's council hall is where they meet."),
            ),
            Word(pgettext_lazy("glossary", "Deliberator"), _("Sits on the council for one of the four parties.")),
            Word(
                pgettext_lazy("glossary", "Seat"),
                _(
                    "Each of the four parties has one: filled by a body, with its legal "
                    "basis, or declared vacant with a reason."
                ),
            ),
            Word(
                pgettext_lazy("glossary", "Step back"),
                _("Who has an interest of their own takes no part in the decision on that one matter."),
            ),
            Word(pgettext_lazy("glossary", "Attend without a seat"), _("Anybody may come, listen and speak.")),
            Word(
                pgettext_lazy("glossary", "Owners' vote"),
                _("What only the owners may decide (Civil Code, article 278), counted by persons and by area."),
            ),
            Word(
                pgettext_lazy("glossary", "Minutes"),
                _("What was agreed, with who sat for whom. It binds once the branch has issued them."),
            ),
        ),
    ),
    Chapter(
        _("Doing and showing"),
        (
            Word(
                pgettext_lazy("glossary", "Responsible body"),
                _("Who must do it: the property company, the water works, an office."),
            ),
            Word(pgettext_lazy("glossary", "Return a task"), _("Give it back with a reason; the branch then decides.")),
            Word(
                pgettext_lazy("glossary", "Verify"),
                _("Somebody of the branch or the steward looks on the spot, with a photo."),
            ),
            Word(
                pgettext_lazy("glossary", "Urge"),
                _("Anybody reminds the responsible body. Three times take the matter one level up."),
            ),
            Word(
                pgettext_lazy("glossary", "Posting"),
                _("Something that hangs in public for a period, with a photo for each place where it hangs."),
            ),
            Word(
                pgettext_lazy("glossary", "Objection"),
                _("Anybody may say that a posting is not right; it is answered within three working days."),
            ),
            Word(
                pgettext_lazy("glossary", "Rating"),
                _("How satisfied a household is. One counts for each household, until the matter is closed."),
            ),
            Word(
                pgettext_lazy("glossary", "Quarterly scoring"),
                _("After each quarter, scorers judge procedure, feedback and deliberators. No sheet is kept."),
            ),
            Word(pgettext_lazy("glossary", "Most satisfying deliberator"), _("Whoever won a quarter's scoring.")),
            Word(
                pgettext_lazy("glossary", "Notice"),
                _("What neighbours should know, written by those who know it and published by the branch."),
            ),
        ),
    ),
    Chapter(
        _("For each other"),
        (
            Word(pgettext_lazy("glossary", "Volunteer"), _("Gives neighbours time, with consent; in a squad or not.")),
            Word(pgettext_lazy("glossary", "Squad"), _("Volunteers who do things together, part of an association.")),
            Word(
                pgettext_lazy("glossary", "Activity"),
                _("Something planned with time and place, then held with what came of it."),
            ),
            Word(
                pgettext_lazy("glossary", "Hours of service"),
                _("Who helped, and for how long: a ledger that is only added to."),
            ),
            Word(
                pgettext_lazy("glossary", "Help among neighbours"),
                _("A request goes to one volunteer after another, until somebody agrees."),
            ),
            Word(
                pgettext_lazy("glossary", "Paired organisation"),
                _("An organisation from outside, such as a hospital, that has agreed to help."),
            ),
            Word(
                pgettext_lazy("glossary", "Honour"),
                _("A commendation of one year; its certificate can be checked by number and code."),
            ),
            Word(
                pgettext_lazy("glossary", "Partner's system"),
                _("A program of somebody else, such as the hotline's, that brings matters in and follows them."),
            ),
        ),
    ),
)
