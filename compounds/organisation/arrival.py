"""What a compound that came from another installation needs here: accounts, for its people come without any, and
whoever serves the whole community that it belongs to now."""

from compounds.organisation import appointments, community_posts
from compounds.registry.models import Compound
from compounds.registry.moving.arrival import after_arrival


def _let_in(_compound: Compound) -> None:
    appointments.let_in_whoever_has_a_post()


after_arrival(_let_in)
# In the background: where its own people hold a post that only one can hold, that is told beside the appointment.
after_arrival(community_posts.carry_into)
