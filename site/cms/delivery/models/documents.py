"""The published document: one for each live page or snippet and language."""

from django.db import models


class PublishedDocument(models.Model):
    """A document as other sites get it, rendered once, as it is sent.

    Everything that is delivered reads this: the detail answer and its ETag, lists, fallback, the
    change feed, webhooks, exports and the static mirror. It always equals what would be rendered
    now; ``manage.py published check`` says so.

    Attributes:
        key: Wagtail's translation key, the same in all languages.
        locale: code of the language in whose tree it stands.
        language: code of the language that its text is really in; another than ``locale`` for an
            alias of a page in another language.
        page_id: id of the page; ``None`` for a snippet.
        object_id: id of the page or snippet.
        type: ``strategy.GoalPage``.
        path: path on a site with its language, ``/smj/…/``; ``None`` for a snippet.
        listed: whether lists, the change feed and exports have it: all but aliases of pages in
            another language, which would announce a language that is not there.
        parent_key: of the page above that anybody may see; ``None`` for a start page or snippet.
        position: rank among its siblings; ``None`` for a snippet.
        in_menu: whether an editor wants it in menus.
        title_language: code of the language that its title is really in.
        modified_at: when anything of ``body`` but this changed last; ``None`` where it was stored
            before this was known.
        digest: SHA-256 of ``body`` in hexadecimal; the strong ETag.
        summary_digest: SHA-256 of what others show of it, such as its title and path; while it
            stays the same, no other document can have changed with this one.
        sequence: its place in the order of changes; a document that changes moves to the end.
        body: the JSON, UTF-8.
        deflated: the body as a gzip stream without its header; see
            :mod:`cms.delivery.http.compression`.
        brotli: the body, compressed with Brotli.
    """

    key = models.UUIDField()
    locale = models.CharField(max_length=12)
    language = models.CharField(max_length=12)
    page_id = models.BigIntegerField(null=True, unique=True)
    object_id = models.BigIntegerField()
    type = models.CharField(max_length=100)
    path = models.TextField(null=True, db_index=True)  # noqa: DJ001 - a snippet has none
    title = models.TextField()
    listed = models.BooleanField()
    parent_key = models.UUIDField(null=True)
    position = models.BigIntegerField(null=True)
    in_menu = models.BooleanField(default=False)
    title_language = models.CharField(max_length=12, default="")
    modified_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64)
    summary_digest = models.CharField(max_length=64, db_column="face")
    sequence = models.BigIntegerField(unique=True)
    # Last, so that SQLite finds what stands above without reading through these.
    body = models.BinaryField()
    deflated = models.BinaryField()
    brotli = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "locale"], name="one_document_per_language"),
            models.UniqueConstraint(fields=["type", "object_id"], name="one_document_per_object"),
        ]
        indexes = [models.Index(fields=["locale", "sequence"], name="document_by_locale")]

    def __str__(self) -> str:
        return f"{self.type} {self.key} ({self.locale})"


class DocumentToken(models.Model):
    """Something that a document shows; when it changes, so may the document.

    Tokens are ``page:<key>``, ``snippet:<key>``, ``image:<id>`` and ``file:<id>``, and
    ``under:<key>`` for each page above a page and for itself, by which a part of the tree is
    asked for. They are taken down while the document is rendered.
    """

    document = models.ForeignKey(PublishedDocument, models.CASCADE, related_name="tokens")
    token = models.CharField(max_length=48)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "document"], name="one_token_per_document")
        ]

    def __str__(self) -> str:
        return self.token
