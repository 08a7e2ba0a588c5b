"""The host of a workbook that is open in a spreadsheet program, driven by xlwings."""
