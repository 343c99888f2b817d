"""Volunteers' activities and honours, for partner systems and for members."""
