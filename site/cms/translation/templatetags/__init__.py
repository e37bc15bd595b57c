"""For the templates of the translators' pages."""
