"""Addresses of the API inside a compound, below ``api/v1/``."""

from consultation.api import (
    personal,
    photos,
    scoring,
    step1_visit,
    step2_propose,
    step3_meet,
    step4_handle,
    step5_evaluate,
)
from consultation.api import posted as _posted  # noqa: F401 - registers what of postings is told

urlpatterns = [
    *step1_visit.urlpatterns,
    *step2_propose.urlpatterns,
    *step3_meet.urlpatterns,
    *step4_handle.urlpatterns,
    *step5_evaluate.urlpatterns,
    *photos.urlpatterns,
    *personal.urlpatterns,
    *scoring.urlpatterns,
]
