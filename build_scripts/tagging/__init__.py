"""From a passage's words to its themes and voices, and how well.

In: passages, the rules of the vocabulary, and labels given by hand. Out: tags that carry the words which earned them,
and precision and recall of each rule.
"""
