"""Material rewards: what goes with an honour, worth how much, from whom, and the signed receipt."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format

from compounds.organisation import audit
from compounds.organisation.models import Person
from compounds.photos import intake
from compounds.photos.intake import Picture
from volunteers.errors.honours import NoReward, RewardReceived
from volunteers.models import ENDED, Honour, HonourState
from volunteers.services.honours import locked, not_given


@transaction.atomic
def name(honour: Honour, *, reward: str, value: Decimal | None, donor: str, by: Person) -> Honour:
    """Say what the reward is, or (empty) that there is none. Raises NotGiven once it ended, RewardReceived."""
    honour = locked([honour])[0]
    if honour.state in ENDED:
        raise not_given(honour)
    if honour.reward_received_on:
        raise RewardReceived(day=date_format(honour.reward_received_on, "DATE_FORMAT"))
    honour.reward, honour.reward_donor = reward, donor if reward else ""
    honour.reward_value = value if reward else None
    honour.save(update_fields=["reward", "reward_value", "reward_donor", "updated_at"])
    audit.record("honour.reward", about=honour, by=by, value=str(value or ""))
    return honour


@transaction.atomic
def receive(honour: Honour, *, on: date, receipt: Picture, by: Person) -> Honour:
    """It was handed over, and signed for: the photo shows it. Raises NotGiven, NoReward, RewardReceived."""
    honour = locked([honour])[0]
    if honour.state != HonourState.GIVEN:
        raise not_given(honour)
    if not honour.reward:
        raise NoReward
    if honour.reward_received_on:
        raise RewardReceived(day=date_format(honour.reward_received_on, "DATE_FORMAT"))
    honour.reward_received_on, honour.reward_receipt = on, intake.keep(receipt)
    honour.save(update_fields=["reward_received_on", "reward_receipt", "updated_at"])
    audit.record("honour.receipt", about=honour, by=by, received_on=on.isoformat())
    return honour
