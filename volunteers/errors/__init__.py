"""What the rules of volunteering are called when they are broken; one module a subject."""
