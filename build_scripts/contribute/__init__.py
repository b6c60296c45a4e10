"""From documents, or a filled-in form, to the files of one report.

In: what ``importers/`` made of pages, PDFs, Word files and texts, or an issue written with the form. Out: a draft of
``report.yml`` and texts, or what is to be asked; and a summary of what was understood and left out.
"""
