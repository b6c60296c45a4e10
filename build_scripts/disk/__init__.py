"""Files and serving: what reads and writes the project's folders.

In: a folder. Out: the bytes of the files that contributors and the site's authors wrote; and back: generated files,
written only where they changed. ``serve`` keeps a browser's page new while somebody works.
"""
