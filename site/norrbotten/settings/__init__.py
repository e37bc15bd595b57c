"""Settings: ``environment`` reads every variable, ``base`` is common, the others are for a place."""
