"""Learn from labelled passages which words speak for which theme: ``make learn`` writes ``data/weights.csv``."""
