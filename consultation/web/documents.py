"""Handing out the files of issued minutes to members; there is no public media URL."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from compounds.organisation.policies import may
from compounds.registry.context import current_schema
from consultation.models import Document, DocumentKind, DocumentState, Minutes
from consultation.services import documents

_TYPES = {
    DocumentKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentKind.PDF: "application/pdf",
}


@require_safe
def minutes_document(request: HttpRequest, number: int, kind: str) -> FileResponse:
    """One file, for those who may know of every matter in it."""
    rows = Document.objects.visible_to(request.person).filter(state=DocumentState.READY)
    document = get_object_or_404(rows.select_related("minutes__meeting"), minutes__meeting__number=number, kind=kind)
    try:
        body = default_storage.open(document.path(current_schema()))
    except FileNotFoundError as error:
        raise Http404 from error
    name = _("%(compound)s minutes no. %(number)s") % {"compound": request.compound.name, "number": number}
    response = FileResponse(
        body, as_attachment=True, filename=f"{name}.{kind}", content_type=_TYPES[DocumentKind(document.kind)]
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@may("minutes.issue")
def minutes_documents(request: HttpRequest, number: int) -> HttpResponse:
    """Have the files made, or tried once more."""
    minutes = get_object_or_404(Minutes.objects.filter(issued_at__isnull=False), meeting__number=number)
    documents.order(minutes)
    messages.success(request, _("The files are being made; look again in a moment."))
    return redirect(minutes)


urlpatterns = [
    path("meetings/<int:number>/minutes/documents/", minutes_documents, name="minutes_documents"),
    path("meetings/<int:number>/minutes/documents/<slug:kind>/", minutes_document, name="minutes_document"),
]
