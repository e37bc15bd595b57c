"""Rich text: what people and programs write, as it is stored.

HTML comes in from the editor, from the API and from what is pasted. :mod:`.reading` takes it as a
browser shows it, or refuses it; :mod:`.writing` writes what is stored. The words and their order
stay; formatting that cannot be stored is refused where it carries meaning.
"""
