"""Where an office is kept: its encrypted file, its keys, its transactions, its audit trail."""
