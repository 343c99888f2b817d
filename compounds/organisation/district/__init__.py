"""What district staff do from /admin/: open compounds, appoint, take in spreadsheets (domain: Who is who).

Admin classes for public models, and pages about one compound behind the guard of ``registry.admin.compound_pages``.
"""
