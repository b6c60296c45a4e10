"""Learn from labelled passages which words speak for which theme or voice.

``make learn`` writes ``data/weights.csv``.
"""
