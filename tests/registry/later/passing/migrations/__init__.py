from tests.registry.later import REAL

__path__ = [*REAL, *__path__]
