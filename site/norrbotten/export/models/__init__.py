"""What this room stores."""

from norrbotten.export.models.files import ExportFile
from norrbotten.export.models.open_data import OpenData

__all__ = ["ExportFile", "OpenData"]
