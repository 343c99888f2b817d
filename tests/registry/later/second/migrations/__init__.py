from tests.registry.later import REAL
from tests.registry.later.column import migrations as column

__path__ = [*REAL, *column.__path__, *__path__]
