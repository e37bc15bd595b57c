"""Has stored files follow the transaction in which they come and go.

Django 5.2.19 deletes a file at once, and stores one for good, whatever becomes of the transaction:
where a replacement is undone, the former file is gone although its row names it, and the new one
stays although none does. Wagtail 8.0.1 does the same in its forms for images, documents and users'
pictures. Here a file goes once the transaction has ended that lets it go; one that was stored goes
with the transaction, or savepoint, that is undone. Outside of a transaction both happen at once, as
before. May go when ``FieldFile`` waits for the commit.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.db import transaction

from cms.upstream.replacement import Replacement, apply_replacements

logger = logging.getLogger(__name__)

_FIELD_FILE: Final = "django.db.models.fields.files:FieldFile"
_CONNECTION: Final = "django.db.backends.base.base:BaseDatabaseWrapper"
_DIGESTS: Final = {
    f"{_FIELD_FILE}.save": "69e925cb32b3462e98e4ee5ebfd85fadc0e9e7025270d077d58fcbc230e35296",
    f"{_FIELD_FILE}.delete": "e14b3c55bab9d32192f8fda45e50566ad46f18e0566661601b06e5c18d906236",
    f"{_CONNECTION}.rollback": "40eb099b6c9ba8346a327d772812e0ee5d85ccbe3a108efc3d1479fd4e29c708",
    f"{_CONNECTION}.savepoint_rollback": (
        "64a325396d5e6c96adb9f8d792cd03634dd22529b9a19089c2cdd17aec88b72b"
    ),
}
_FORMS: Final = {
    "wagtail.admin.forms.account:AvatarPreferencesForm.save": (
        "_original_avatar",
        "58cdfd36c68c7bbbbf956713e709bc0e0f9b984d07eb2218599c02532b3293ec",
    ),
    "wagtail.documents.forms:BaseDocumentForm.save": (
        "original_file",
        "73216e7018414a4660125bba542f87f757cf59610c80d142fbce879902a54c7b",
    ),
    "wagtail.images.forms:BaseImageForm.save": (
        "original_file",
        "4f57cdec27b0e1f86841ac6f7a94141d78282a4c7953ff953c4b9ff849cbb8d0",
    ),
}
"""Forms that delete what they replace, each with the name of its member that holds it."""


def apply() -> None:
    """Puts it in."""
    changes = {
        f"{_FIELD_FILE}.save": noting_what_is_stored,
        f"{_FIELD_FILE}.delete": deleting_after_commit,
        f"{_CONNECTION}.rollback": removing_what_was_stored,
        f"{_CONNECTION}.savepoint_rollback": removing_what_was_stored,
    }
    apply_replacements(
        *(Replacement(target, _DIGESTS[target], change) for target, change in changes.items()),
        *(
            Replacement(target, digest, replacing_after_commit(name))
            for target, (name, digest) in _FORMS.items()
        ),
    )


class StoredFile:
    """A file that was stored in a transaction: stands among what is done when this has ended."""

    def __init__(self, storage: Any, name: str) -> None:
        # Not ``default_storage``, which is whichever the settings name at the time.
        self.storage, self.name = getattr(storage, "_wrapped", storage), name

    def __call__(self) -> None:
        """Leaves it: the transaction has ended well."""

    def remove(self) -> None:
        """Removes it; a storage that cannot is no reason to hide why the transaction was undone."""
        try:
            self.storage.delete(self.name)
        except Exception:
            logger.exception("The file %s cannot be removed.", self.name)


def delete_after_commit(file: Any, storage: Any, name: str) -> None:
    """Deletes a file once the transaction has ended, and at once where there is none.

    One that a row names by then stays: it was stored anew under the name of one that was lost, or
    in a storage that overwrites.

    Args:
        file: the field's file, by which its model is known.
    """
    is_undoable = transaction.get_connection().in_atomic_block

    def let_go() -> None:
        if not (is_undoable and _is_named(file.field, name)):
            storage.delete(name)

    # What is committed has happened: an error of the storage is noted, and keeps nothing else.
    transaction.on_commit(let_go, robust=True)


def _is_named(field: Any, name: str) -> bool:
    return bool(field.model._base_manager.filter(**{field.attname: name}).exists())


class _AfterCommit:
    """A storage of which a file goes once the transaction has ended."""

    def __init__(self, file: Any) -> None:
        self._file, self._storage = file, file.storage

    def delete(self, name: str) -> None:
        delete_after_commit(self._file, self._storage, name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._storage, name)


def noting_what_is_stored(save: Callable[..., None]) -> Callable[..., None]:
    """Wraps ``save`` of a file: if the transaction is undone, the file goes."""
    save_file = save

    @wraps(save_file)
    def save_and_note(self: Any, name: str, content: Any, save: bool = True) -> None:
        wanted = self.field.generate_filename(self.instance, name)
        was_there = self.storage.exists(wanted)
        save_file(self, name, content, save=False)
        if not (was_there and self.name == wanted):
            # What a storage has overwritten cannot be brought back, and is not made worse.
            transaction.on_commit(StoredFile(self.storage, self.name))
        if save:
            self.instance.save()

    return save_and_note


def deleting_after_commit(delete: Callable[..., None]) -> Callable[..., None]:
    """Wraps ``delete`` of a file: it goes after the transaction."""

    @wraps(delete)
    def delete_later(self: Any, save: bool = True) -> None:
        storage = self.storage
        self.storage = _AfterCommit(self)
        try:
            delete(self, save=save)
        finally:
            self.storage = storage

    return delete_later


def replacing_after_commit(member: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Wraps ``save`` of a form: the file that it replaces goes after the transaction."""

    def replacing(save: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(save)
        def save_then_let_go(self: Any, commit: bool = True) -> Any:
            if former := getattr(self, member):
                former.storage = _AfterCommit(former)
            return save(self, commit=commit)

        return save_then_let_go

    return replacing


def removing_what_was_stored(undo: Callable[..., None]) -> Callable[..., None]:
    """Wraps the undoing of a transaction or savepoint: what was stored within goes."""

    @wraps(undo)
    def undo_and_remove(self: Any, *args: Any, **kwargs: Any) -> None:
        before = [one for _ids, one, _robust in self.run_on_commit if isinstance(one, StoredFile)]
        undo(self, *args, **kwargs)
        still = {id(one) for _ids, one, _robust in self.run_on_commit}
        for file in before:
            if id(file) not in still:
                file.remove()

    return undo_and_remove
