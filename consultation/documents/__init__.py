"""Issued minutes as files: what they say, the office document, the reading copy, and the worker that makes them."""
