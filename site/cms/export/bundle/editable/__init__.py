"""The editable form of the content: as it is stored, but for ids, in whose place stand keys."""
