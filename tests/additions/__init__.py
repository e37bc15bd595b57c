"""A page type, a block, a format and an endpoint, as ``docs/architecture.md`` says to add them.

``tests/test_architecture_steps.py`` puts each where the steps say, in a copy of the project.
"""
