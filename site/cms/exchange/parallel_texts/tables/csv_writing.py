"""The parallel table as CSV: RFC 4180 in UTF-8, with what would be a formula defused.

It begins with a byte order mark, by which Excel knows that it is UTF-8.
"""

import csv
from codecs import BOM_UTF8
from pathlib import Path
from typing import Final

from cms.common.progress import ReportDone
from cms.exchange.parallel_texts.reading import parallel_strings
from cms.exchange.parallel_texts.strings import ParallelQuery
from cms.exchange.parallel_texts.tables.columns import table_columns
from cms.exchange.parallel_texts.tables.defusing import defused

CONTENT_TYPE: Final = "text/csv; charset=utf-8"
BEGINNING: Final = f"{BOM_UTF8.decode()}page,path,type,field,"
"""By which a file of it is known."""


def write_csv(query: ParallelQuery, path: Path, progress: ReportDone) -> int:
    """Writes the table row by row; returns how many strings it has."""
    columns = table_columns(query)
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(BOM_UTF8.decode())
        writer = csv.writer(file)
        writer.writerow([column.name for column in columns])
        for done, strings in enumerate(parallel_strings(query), start=1):
            for string in strings:
                writer.writerow([defused(column.text_of(string)) for column in columns])
                rows += 1
            progress(done)
    return rows
