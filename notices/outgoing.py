"""What goes out by itself: each posting to the robots of groups, reminders to those who want them by e-mail or SMS."""

from notices import postings, reminders
from notices.delivering import figures, queue, reminding_kinds

__all__ = ["figures", "reminding_kinds"]

postings.on_posted(queue.of_posting)
reminders.on_going_out(queue.of_reminders)
