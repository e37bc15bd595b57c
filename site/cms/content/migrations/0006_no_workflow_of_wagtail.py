"""Takes the workflow that Wagtail assigns to all pages off them, where nobody has ever used it.

An empty site of Wagtail's has *Moderators approval* at the root of all pages, so that each editor
is offered to submit each page, whether the region wants four eyes or not. The workflow itself
stays: an administrator assigns it under *Settings → Workflows*. Where it was changed, used, or
assigned elsewhere too, it is left as it is.
"""

from typing import Any

from django.db import migrations

NAME = "Moderators approval"


def take_off(apps: Any, schema_editor: Any) -> None:
    """Deletes the one assignment; on a site in use it is nobody's any more."""
    database = schema_editor.connection.alias

    def rows(model: str) -> Any:
        return apps.get_model("wagtailcore", model).objects.using(database)

    workflow = rows("Workflow").filter(name=NAME, active=True).first()
    if workflow is None or rows("WorkflowState").filter(workflow=workflow).exists():
        return
    tasks = rows("Task").filter(workflow_tasks__workflow=workflow)
    assigned = rows("WorkflowPage").filter(workflow=workflow)
    of_types = rows("WorkflowContentType").filter(workflow=workflow)
    groups = rows("GroupApprovalTask").filter(pk__in=tasks.values("pk"), groups__isnull=False)
    is_untouched = (
        [task.name for task in tasks] == [NAME]
        and groups.count() == 1
        and [one.page.depth for one in assigned.select_related("page")] == [1]
        and not of_types.exists()
    )
    if is_untouched:
        assigned.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0005_heading_levels"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(take_off, migrations.RunPython.noop),
    ]
