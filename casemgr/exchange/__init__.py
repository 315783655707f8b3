"""Exchange: lists as files for other programs."""
