"""Changes of treebeard, the tree in which Wagtail keeps its pages."""
