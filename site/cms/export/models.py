"""Tables of this room."""

from cms.export.downloads.models import ExportFile
from cms.export.open_data.models import OpenData

__all__ = ["ExportFile", "OpenData"]
