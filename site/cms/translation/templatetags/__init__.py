"""Template tags of the translators' pages."""
