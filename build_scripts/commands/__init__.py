"""The doors: options in, words out, one module a command or a family of them.

``main`` is the command ``evidence``. Commands read through ``disk/`` and ``contribute/importers/``, call the pipeline,
and are the only ones that print, ask, read the clock or the environment, and set the exit status.
"""
