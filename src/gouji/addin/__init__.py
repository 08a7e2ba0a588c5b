"""What puts gouji into a spreadsheet program: building and installing its add-ins. The add-ins' own text is ``addin/``."""
