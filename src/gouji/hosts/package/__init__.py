"""The .xlsx package as a host: read from the sheet XML, notes written by editing only the parts that must change."""
