"""审核 in the window of a spreadsheet program: commands on an open workbook; no arithmetic, no rules."""
