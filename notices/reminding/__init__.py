"""How reminders come about: who serves where, when it is quiet, and the look through one compound."""
