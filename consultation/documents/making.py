"""The worker's part: out of a document's minutes its file is made (``compounds.jobs.files``)."""

from collections.abc import Callable

from compounds.jobs import files
from compounds.jobs.files import Clock, Made
from compounds.registry.context import current_schema
from compounds.registry.models import Compound
from consultation.documents import official_copy, reading_copy
from consultation.documents.content import Content, content
from consultation.models import Document, DocumentKind

KIND = "documents"
_MAKERS: dict[str, Callable[[Content], bytes]] = {
    DocumentKind.DOCX: official_copy.make,
    DocumentKind.PDF: reading_copy.make,
}


def make_waiting(clock: Clock) -> int:
    """Make the documents that wait in this compound. Returns how many were made."""
    return files.make_waiting(KIND, Document.objects.all(), _make, clock)


def _make(document: Document) -> Made:
    schema_name = current_schema()
    compound = Compound.objects.get(schema_name=schema_name)
    body = _MAKERS[document.kind](content(document.minutes, compound_name=compound.name))
    return Made({document.path(schema_name): body}, {"size": len(body)})
