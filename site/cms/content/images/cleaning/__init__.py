"""Removes from pictures what they do not show: place, names, camera, comments, previews.

``cleaning`` is what others call. One module a format takes a file apart and leaves out what is no
part of the picture; the picture itself stays as it is, to the byte. Only one that is to be turned
is stored anew.
"""
