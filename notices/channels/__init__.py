"""The ways by which something goes out of the house, each behind one small interface (``interface.Channel``).

The public board and the app are channels by name only: what is posted or reminded of stands there, nothing is sent.
"""
