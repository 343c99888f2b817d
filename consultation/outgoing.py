"""What goes out to partners by itself."""

from consultation.services import telling
from notices import postings

postings.on_posted(telling.put_up)
