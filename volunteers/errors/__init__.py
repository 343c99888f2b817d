"""Broken rules of volunteers' work, one module for each subject."""
