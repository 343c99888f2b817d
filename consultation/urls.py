"""Addresses of the five steps; each web module lists its own."""

from consultation.web import (
    board,
    categories,
    doors,
    erasure,
    issues,
    minutes,
    my_day,
    posters,
    reports,
    similar,
    step1_visit,
    step2_propose,
    step3_meet,
    step4_handle,
    step5_evaluate,
)

urlpatterns = [
    *my_day.urlpatterns,
    *doors.urlpatterns,
    *reports.urlpatterns,
    *posters.urlpatterns,
    # Before ``issues``, whose addresses take any number.
    *similar.urlpatterns,
    *step1_visit.urlpatterns,
    *issues.urlpatterns,
    *step2_propose.urlpatterns,
    *step3_meet.urlpatterns,
    *minutes.urlpatterns,
    *step4_handle.urlpatterns,
    *step5_evaluate.urlpatterns,
    *board.urlpatterns,
    *categories.urlpatterns,
    *erasure.urlpatterns,
]
