"""What the district counts here; ``oversight`` finds this module by its name."""

from notices.publishing import figures

__all__ = ["figures"]
