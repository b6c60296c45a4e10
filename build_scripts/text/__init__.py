"""From a text's bytes to its passages.

In: the file with a statement page as CQC published it. Out: its score, headings and passages with their ids, where each
word stands exactly once and in order, and a problem for all that cannot be understood.

In order: ``clean`` (bytes to lines), ``header`` (what stands above the findings), ``furniture`` (what among them is not
the report's), ``paragraphs`` (lines to paragraphs), ``passages`` (paragraphs to passages); ``statement_page`` puts them
together, ``letters`` says which letters are alike.
``guide`` does as much for a page written by hand: Markdown to its words, headings and links.
"""
