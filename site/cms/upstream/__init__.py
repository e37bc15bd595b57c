"""Changes of other packages' code: a folder a package, a module a change; see ``docs/upstream.md``.

Every module declares what it replaces and the digest of what it was written against, and puts the
change in with ``apply()``, which an application's ``ready()`` calls.
"""
