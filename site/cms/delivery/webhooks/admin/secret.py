"""Shows a secret, once."""

from django.http import HttpRequest
from django.template.response import TemplateResponse

from cms.delivery.webhooks.admin.breadcrumbs import webhook_breadcrumbs
from cms.delivery.webhooks.models import Webhook


def secret_page(request: HttpRequest, webhook: Webhook, title: str) -> TemplateResponse:
    """The page with the whole secret of a webhook, which nobody is shown again."""
    return TemplateResponse(
        request,
        "cms_webhooks/secret.html",
        {
            "webhook": webhook,
            "secret": webhook.secret,
            "page_title": title,
            "header_title": title,
            "header_icon": "key",
            "breadcrumbs_items": webhook_breadcrumbs(webhook),
        },
    )
