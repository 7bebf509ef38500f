"""Any file as columns and rows: CSV, TSV, XLSX, JSON, NDJSON, GeoJSON, YAML. Knows no document."""

from directory.exchange.tables.opening import open_table
from directory.exchange.tables.table import MORE_CELLS, NoTableThere, Table, UnreadableFile

__all__ = ["MORE_CELLS", "NoTableThere", "Table", "UnreadableFile", "open_table"]
