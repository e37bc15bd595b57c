"""The order of pages: editors make it in the tree of the source, and every language has it.

``ranks`` finds numbers, ``positions`` keeps those of keys, ``trees`` has the trees of translations
follow, ``signal_handlers`` says when.
"""
