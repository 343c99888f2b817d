"""One compound as one file: written here by ``sending``, opened in another installation by ``receiving``.

The file is a zip: a member per table (PostgreSQL's COPY text, rows in the order of their key), a member per file of the
compound, and ``manifest.json`` with what there must be of each. Accounts belong to the installation and stay behind.
"""
