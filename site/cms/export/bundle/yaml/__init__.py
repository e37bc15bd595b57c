"""The editable form as files that people read and change: YAML, one file for each page."""
