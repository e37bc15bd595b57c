"""Numbers as a request writes them: ``true`` is no 1, ``"5"`` no 5, and ``NaN`` none at all."""

from typing import Annotated, TypeAlias

from pydantic import Field

WholeNumber: TypeAlias = Annotated[int, Field(strict=True)]
Figure: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False)]
