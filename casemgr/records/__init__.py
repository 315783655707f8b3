"""What is kept, one module per subject. Importing this package maps every table."""

from casemgr.records import case, child, contact, finding, kept, kinds, office, pathway, sameness, staff

__all__ = ["case", "child", "contact", "finding", "kept", "kinds", "office", "pathway", "sameness", "staff"]
