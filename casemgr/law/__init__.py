"""What the law and the office's promises make of the records: ages, limits, deadlines. Pure functions, nothing kept."""
