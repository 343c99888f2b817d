"""Loading the demo: each compound is opened, then filled in one transaction whose last row says that it is whole."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from compounds.organisation import audit
from compounds.organisation.models import AuditEntry, Building
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound, CompoundState
from compounds.registry.opening import discard_unopened, open_compound
from consultation.web.posters import make_links
from demo import district, history
from demo.audit_names import MARK
from demo.plans import DISTRICT, HUPAN, PLANS, XIJUN, CompoundPlan
from demo.settling import settle
from demo.stories.hupan import tell_hupan
from demo.stories.xijun import tell_xijun

type Tell = Callable[[str], None]
STORIES: dict[str, Callable[[date, Tell], None]] = {XIJUN.slug: tell_xijun, HUPAN.slug: tell_hupan}


class NotOurs(Exception):
    """A compound of that address is there and was not made by the demo; nothing in it has been touched."""


def load(today: date, tell: Tell) -> bool:
    """Load what is missing; False when nothing was. Raises NotOurs. Killed halfway, it goes on when called again."""
    missing = [plan for plan in PLANS if not is_loaded(plan)]
    if not missing:
        return False
    with transaction.atomic():
        district.found()
    for plan in missing:
        _load(plan, today, tell)
    return True


def is_loaded(plan: CompoundPlan) -> bool:
    """Whether the compound is there, whole. Raises NotOurs when another one stands at its address."""
    compound = Compound.objects.filter(slug=plan.slug).first()
    if compound is None or compound.state == CompoundState.OPENING:
        return False
    if compound.state != CompoundState.READY:
        raise NotOurs(_("“%(slug)s” is archived. Begin afresh: script/demo --reset") % {"slug": plan.slug})
    with compound_context(compound.schema_name):
        if AuditEntry.objects.filter(action=MARK).exists():
            return True
        if Building.objects.exists():
            raise NotOurs(_("A compound at “%(slug)s” is there and not the demo's.") % {"slug": plan.slug})
    return False


def _load(plan: CompoundPlan, today: date, tell: Tell) -> None:
    compound = Compound.objects.filter(slug=plan.slug).first()
    if compound and compound.state == CompoundState.OPENING:
        # An earlier run was killed while opening it; this is the demo's own, so nothing is lost.
        discard_unopened(compound)
        compound = None
    if compound is None:
        tell(_("Opening %(name)s") % {"name": plan.name})
        community = Community.objects.get(district__name=DISTRICT, name=plan.community)
        compound = open_compound(slug=plan.slug, name=plan.name, community=community, built_on=plan.built_on)
    tell(_("Filling %(name)s") % {"name": plan.name})
    with compound_context(compound.schema_name) as inside, transaction.atomic():
        settle(inside, plan, today)
        STORIES[plan.slug](today, tell)
        make_links()
        Compound.objects.filter(pk=compound.pk).update(note=plan.about, phone=plan.phone)
        tell(_("Counting %(name)s") % {"name": plan.name})
        history.count(compound.schema_name, today)
        audit.record(MARK, about=plan.name, by=None, today=today.isoformat())
