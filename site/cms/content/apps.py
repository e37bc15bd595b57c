"""The application of the content room."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_init
from django.utils.translation import gettext_lazy as _

from cms.common.garbage import spare_imports
from cms.content.api.deferred_schemas import defer_schemas, require_what_is_served


class ContentConfig(AppConfig):
    """Stands before every Wagtail application: Wagtail builds its API schemas once, early."""

    name = "cms.content"
    label = "content"
    verbose_name = _("Content")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The first of all applications; nearly everything is yet to be imported.
        spare_imports()
        defer_schemas()
        require_what_is_served()

    def ready(self) -> None:
        """Tells Wagtail's API v3 what our fields look like, before it asks."""
        from django_tasks_db.models import DBTaskResult

        from cms.common.former_names import name_task_anew
        from cms.common.periodic import register_periodic_task
        from cms.upstream.wagtail import closed_pages
        from cms.upstream.wagtail_api import readable_with_token

        # Before anything imports what they replace.
        closed_pages.apply()
        readable_with_token.apply()

        from cms.content import checks  # noqa: F401 - registers itself
        from cms.content.api.document_texts import extract_texts
        from cms.content.api.registration import register_api_schemas
        from cms.content.images import signal_handlers  # noqa: F401 - connects itself
        from cms.content.images.periodic_tasks import take_up_again
        from cms.content.order import signal_handlers as order  # noqa: F401 - connects itself
        from cms.content.rules import (  # noqa: F401 - register themselves
            films,
            headings,
            links,
            pictures,
            required,
            tables,
            texts,
        )
        from cms.translation.texts.extraction import register_extraction
        from cms.upstream.django import file_transactions
        from cms.upstream.modelsearch import draft_indexing
        from cms.upstream.treebeard import sibling_moves
        from cms.upstream.wagtail import (
            bulk_actions,
            copied_slugs,
            draft_references,
            page_chooser,
            paged_order,
            redirect_paths,
        )
        from cms.upstream.wagtail_admin import (
            made_labels,
            model_names,
            redirect_filters,
            template_texts,
            usage_names,
            workflow_messages,
        )
        from cms.upstream.wagtail_api import (
            block_errors,
            rich_text_input,
            schema_descriptions,
        )
        from cms.upstream.wagtail_localize import inline_tags, language_codes, snippets_api
        from cms.upstream.wagtail_publishing import created_drafts, publishing_rules, rules_panel

        block_errors.apply()
        bulk_actions.apply()
        copied_slugs.apply()
        created_drafts.apply()
        draft_indexing.apply()
        draft_references.apply()
        file_transactions.apply()
        inline_tags.apply()
        language_codes.apply()
        made_labels.apply()
        model_names.apply()
        page_chooser.apply()
        paged_order.apply()
        publishing_rules.apply()
        redirect_filters.apply()
        redirect_paths.apply()
        rules_panel.apply()
        rich_text_input.apply()
        schema_descriptions.apply()
        sibling_moves.apply()
        snippets_api.apply()
        template_texts.apply()
        usage_names.apply()
        workflow_messages.apply()
        register_api_schemas()
        register_periodic_task("Renditions", take_up_again)
        register_extraction(extract_texts)
        post_init.connect(name_task_anew, sender=DBTaskResult)
