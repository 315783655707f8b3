"""What is kept, one module per subject. Importing this package maps every table."""

from casemgr.records import case, child, contact, kept, kinds, office, pathway, retention, staff

__all__ = ["case", "child", "contact", "kept", "kinds", "office", "pathway", "retention", "staff"]
