import compounds.registry.migrations as real

REAL = list(real.__path__)
__path__ = [*REAL, *__path__]
