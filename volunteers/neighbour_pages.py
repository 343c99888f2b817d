"""What the page of the tree says of activities, squads, help and honours, and where it leads to."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from compounds.organisation import neighbour_pages
from compounds.organisation.models import Person
from volunteers import honours_wall
from volunteers.models import Activity, HelpRequest
from volunteers.selectors import teams
from volunteers.sight import requests_visible_to


def activities(person: Person | None, now: datetime) -> str:
    """The next one."""
    coming = Activity.objects.coming(now).first()
    if coming is None:
        return _("Nothing is planned.")
    begins = timezone.localtime(coming.starts_at)
    return _("Next: %(title)s, %(day)s") % {"title": coming.title, "day": date_format(begins, "MONTH_DAY_FORMAT")}


def squads(person: Person | None, now: datetime) -> str:
    """How many people serve, each once, in how many squads."""
    found = teams.associations(timezone.localdate(now))
    people, count = teams.people_in(found), sum(len(one.squads) for one in found)
    volunteers = ngettext("%(n)s volunteer", "%(n)s volunteers", people) % {"n": people}
    return ngettext("%(volunteers)s in %(n)s squad", "%(volunteers)s in %(n)s squads", count) % {
        "volunteers": volunteers,
        "n": count,
    }


def helping(person: Person | None, now: datetime) -> str | None:
    """How many requests wait of which they may know; nothing for the district's readers."""
    if person is None:
        return None
    count = HelpRequest.objects.open().filter(pk__in=requests_visible_to(person).values("pk")).count()
    if not count:
        return _("Nobody waits for help.")
    return ngettext("%(n)s neighbour waits for help.", "%(n)s neighbours wait for help.", count) % {"n": count}


def honours(person: Person | None, now: datetime) -> str:
    glance = honours_wall.at_a_glance()
    if glance is None:
        return _("Nobody has been honoured yet.")
    said = ngettext("%(n)s was given for %(year)s.", "%(n)s were given for %(year)s.", glance.count)
    return said % {"n": glance.count, "year": glance.year}


neighbour_pages.register("activities", gettext_lazy("Activities"), activities)
neighbour_pages.register("teams", gettext_lazy("Squads"), squads)
neighbour_pages.register("helping", gettext_lazy("Help among neighbours"), helping)
neighbour_pages.register("honours", gettext_lazy("Honours"), honours)
