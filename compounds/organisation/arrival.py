"""What a compound that came from another installation needs here: accounts, for its people come without any."""

from compounds.organisation import appointments
from compounds.registry.models import Compound
from compounds.registry.moving.arrival import after_arrival


def _let_in(_compound: Compound) -> None:
    appointments.let_in_whoever_has_a_post()


after_arrival(_let_in)
