"""The host of an openpyxl ``Workbook`` in memory."""
