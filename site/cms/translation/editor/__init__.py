"""The translators' editor: a page or fact string by string, in the place of wagtail-localize's."""
