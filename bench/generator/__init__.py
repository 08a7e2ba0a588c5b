"""Made-up workbooks in every print, with the truth behind each printed amount; and figures of them made wrong."""
