"""Measure searching, from the first key to ten results, beside Pagefind and Material's own search."""
