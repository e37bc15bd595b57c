"""The search of readers."""
