"""What travels between the rooms: frozen values, and the words they are told in.

In: nothing of ours. Out: values that every other room takes and returns. Nothing here reads a file, or knows who will
use it.
"""
