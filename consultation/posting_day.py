"""Where what is posted is still to hang, for one person today: a steward's own building, for the branch all of them."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person, PostKind
from compounds.organisation.policies import BRANCH
from consultation.waiting import Waiting
from notices import hanging
from notices.hanging import Hanging
from notices.models import Posting


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """The postings that hang today and not everywhere yet, as far as they are this person's to put up."""
    branch = bool(BRANCH & person.kinds)
    own = {post.unit_id for post in person.serving if post.kind == PostKind.BUILDING_STEWARD}
    if not branch and not own:
        return []
    rows = list(Posting.objects.standing().up(today).with_missing_places())
    counted = hanging.counted(rows)
    return [
        Waiting(row.title, what, row.get_absolute_url(), row.ends_on, row.ends_provisional)
        for row in rows
        if (what := _of_own(counted[row.pk], own) or (_of_all(counted[row.pk]) if branch else ""))
    ]


def _of_own(found: Hanging, own: set[int]) -> Promise | str:
    if not found.missing & own:
        return ""
    return _("to be put up in your building; %(done)s of %(all)s buildings have it") % _figures(found)


def _of_all(found: Hanging) -> Promise | str:
    if found.missing:
        return _("hangs in %(done)s of %(all)s buildings") % _figures(found)
    return _("still to hang on the notice board or in the WeChat group")


def _figures(found: Hanging) -> dict[str, int]:
    return {"done": found.done, "all": found.all}
