"""The certificates as one PDF, a page each."""

from pathlib import Path

from compounds.kernel import typesetting
from volunteers.certificates.content import Certificate

FORM = Path(__file__).with_name("certificate.typ")


def make(certificates: list[Certificate]) -> bytes:
    """The .pdf file."""
    return typesetting.pdf(FORM, certificates=[one.as_page() for one in certificates])
