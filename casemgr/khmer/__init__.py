"""Khmer text: digits, word breaks, dictionary order and keys for searching. Knows no case, no window, no paper."""
