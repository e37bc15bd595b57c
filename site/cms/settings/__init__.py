"""Settings: ``environment`` reads every variable, ``base`` holds everywhere."""
