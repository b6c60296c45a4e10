"""The YAML and CSV of ``data/`` and ``tests/gold/``, read strictly.

In: a file's bytes and, for YAML, its JSON Schema (``schemas/``). Out: values of ``model/``, and a problem with path,
line and remedy for everything that such a file could be misread by.
"""
