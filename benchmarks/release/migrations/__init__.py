from compounds.organisation import migrations as real

__path__ = [*real.__path__, *__path__]
