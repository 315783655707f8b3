"""What an office's own cases add up to: reoffending and indicators, as pure functions of rows."""
