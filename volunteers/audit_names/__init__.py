"""What the audit entries of volunteering are called on the page of them; one module a subject."""

from volunteers.audit_names import activities

__all__ = ["activities"]
