"""Two states of the collection set side by side, told in words.

In: the collection before and after, or CQC's list and ours. Out: what a change does, where retired passages went, and
which reports are missing here, as Markdown for those who review.
"""
