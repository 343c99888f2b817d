"""The volunteers of 西郡佳园: since 2019, today, and in the coming weeks."""

from demo.plans import XIJUN
from demo.stories.stage import Stage
from demo.stories.telling import Story
from demo.volunteers import calendar, ground, history, people
from demo.volunteers.helping import tell_helping
from demo.volunteers.honours import tell_honours
from demo.volunteers.living import Living


def tell_volunteers(stage: Stage) -> list[Story]:
    """Write history in bulk; what lives is told with the other stories."""
    teams = ground.lay()
    servings = people.enrol(XIJUN.slug, teams, stage.today)
    ledger = history.Ledger.of(teams, servings)
    history.write(XIJUN.slug, calendar.held(XIJUN.slug, stage.today), ledger, stage.today)
    return [*Living(stage, ledger).stories(), *tell_helping(stage), *tell_honours(stage)]
