"""The pages of notices: for members, and for everybody on the public board."""

from notices.publishing.web import board, members

urlpatterns = [*members.urlpatterns, *board.urlpatterns]
