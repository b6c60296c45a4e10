"""Judged queries: what people type, what should come first, and how often our search does that.

``queries.py`` reads the queries, ``worth.py`` says what each passage is worth to one, ``verdict.py`` holds an answer
against a query and sums up, ``ask.mjs`` and ``asking.py`` get the answers of the built search, ``run.py``
shows the figures.
"""
