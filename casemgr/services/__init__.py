"""What a worker does: one function per intention, one transaction each. The only way into an office."""
