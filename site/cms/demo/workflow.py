"""Four eyes in the demo: in one section a publisher approves what an editor has written."""

from typing import Final

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

WORKFLOW: Final = "Granskning"

SECTION: Final = "hit-gick-pengarna"
"""The slug of the section below the Swedish start page; elsewhere there is no workflow."""


def prepare_workflow(home: Page, publishers: Group) -> None:
    """Makes the workflow and assigns it to the section, once.

    What an administrator does with it afterwards stays; so does the absence of the section.
    """
    section = home.get_children().filter(slug=SECTION).first()
    if section is None or Workflow.objects.filter(name=WORKFLOW).exists():
        return
    task = GroupApprovalTask.objects.create(name=WORKFLOW)
    task.groups.add(publishers)
    workflow = Workflow.objects.create(name=WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    if not WorkflowPage.objects.filter(page=section).exists():
        WorkflowPage.objects.create(workflow=workflow, page=section)
