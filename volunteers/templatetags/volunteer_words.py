"""Skills in a line, in the reader's language."""

from collections.abc import Iterable

from django import template

from compounds.kernel.words import listed
from volunteers.models import Skill

register = template.Library()


@register.filter
def skills_listed(skills: Iterable[str]) -> str:
    return listed(Skill(skill).label for skill in skills)
