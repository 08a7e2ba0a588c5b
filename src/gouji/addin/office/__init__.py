"""The LibreOffice extension: what is in it, how it is built, how it is installed, and what it shows in the window."""
