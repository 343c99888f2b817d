"""Whether whoever is honoured is named in public: asked before they are put up, taken back at any time."""

from datetime import date

from django.db import transaction

from compounds.organisation import audit
from compounds.organisation.models import Person
from notices import files
from volunteers.models import Honour
from volunteers.services import honours_posted
from volunteers.services.honours import locked


@transaction.atomic
def agree(honour: Honour, *, agreed_on: date | None, family: str, by: Person) -> Honour:
    """Write down that they agree to be named in public, or (None) that they no longer do.

    No page for everybody names them then: a sheet that hangs is worded anew, and its files are made anew.
    """
    honour = locked([honour])[0]
    honour.agreed_on, honour.family = agreed_on, family
    honour.save(update_fields=["agreed_on", "family", "updated_at"])
    if honour.posting_id:
        honours_posted.word_anew(honour.posting_id)
        files.renew_changed()
    audit.record("honour.agree", about=honour, by=by, agreed=agreed_on.isoformat() if agreed_on else "")
    return honour
