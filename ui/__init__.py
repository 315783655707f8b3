"""The windows. They decide nothing; whatever is kept or reckoned is asked of the services."""
