from dataclasses import dataclass

from compounds.registry.models import Community, Compound, District, Street


@dataclass
class Scopes:
    """What there is to oversee, inside and outside of one district, street and community."""

    here: District
    there: District
    street: Street
    inside: Community
    beside: Community
    elsewhere: Community
    compounds: dict[Community, Compound]
