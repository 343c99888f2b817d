"""How compounds get their tables and how these change: what Django runs once is written down and replayed elsewhere.

``fingerprints`` say which migrations a compound has. ``notes`` write down what Django runs. ``recordings`` keep that,
and make new schemas from it. ``forward`` takes one compound to what the code asks for, ``fleet`` all of them, and
``executor`` lets ``migrate_schemas`` do so.
"""
