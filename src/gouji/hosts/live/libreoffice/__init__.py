"""An xlwings engine over LibreOffice Calc: in process for the extension, over a pipe for tests and scripts."""
