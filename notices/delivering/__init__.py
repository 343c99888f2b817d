"""What goes out: rows of ``Delivery`` are queued in the transaction of their cause, and sent once by the worker.

``queue`` makes them, ``content`` finds their words when they go, ``sending`` claims and sends them, ``deciding`` is for
what only a person can decide; ``robots`` and ``own`` keep the outlets right (docs/adr/0031).
"""

KIND = "deliveries"
