"""Paper: Khmer text on PDF pages, blocks of a form, and the printed forms."""
