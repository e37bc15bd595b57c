"""The settings of a site whose people read the pseudo-language."""

import os
from pathlib import Path

from cms.settings.development import *  # noqa: F403
from cms.settings.development import LOCALE_PATHS as _LOCALE_PATHS

LOCALE_PATHS = [Path(os.environ["PSEUDO_LANGUAGE"]), *_LOCALE_PATHS]
