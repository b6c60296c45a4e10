"""Measure speed and size on an invented collection as large as England's, or any multiple or part of it."""
