"""Case management for children in conflict with the law. Everything that is not a window; never imports Qt."""

__version__ = "0.1.0"
