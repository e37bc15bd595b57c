"""Rules for publishing: each a function that finds faults, gathered by type of page, fact or block.

A draft is always saved; rules are asked when it is published, and shown while it is edited. A rule
either refuses, for what readers cannot use, or advises. See docs/editors/checks.md.
"""
