"""The states of a notice and the ways between them. Data only."""

from notices.models import NoticeState

MOVES: dict[NoticeState, frozenset[NoticeState]] = {
    NoticeState.DRAFT: frozenset({NoticeState.APPROVED, NoticeState.WITHDRAWN}),
    # Back to draft: whoever worded it words it again, and it is approved again.
    NoticeState.APPROVED: frozenset({NoticeState.DRAFT, NoticeState.PUBLISHED, NoticeState.WITHDRAWN}),
    # What was said in public is not unsaid: it is withdrawn, with the reason, or replaced.
    NoticeState.PUBLISHED: frozenset({NoticeState.WITHDRAWN}),
    NoticeState.WITHDRAWN: frozenset(),
}
