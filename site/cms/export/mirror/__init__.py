"""The static mirror: the public API as files; see docs/mirror.md.

Read ``layout`` first (which file stands where), then ``updating`` (a run from its beginning to its
end), then what a run writes: ``addresses``, ``exports``, ``answers``, ``media``, ``strays``.
"""
