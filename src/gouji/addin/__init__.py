"""What puts gouji into a spreadsheet program: building and installing its add-ins. Their own text is in ``addin/``."""
