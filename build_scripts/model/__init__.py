"""What travels between the rooms: frozen values, the words they are told in, and how far a run is.

In: nothing of ours. Out: values that every other room takes and returns. Nothing here reads a file, or knows who will
use it.
"""
