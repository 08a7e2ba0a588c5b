"""Texts as files: a .docx package or plain text read as a ``Document``, comments written on the exact words.

The XML is read and edited as it stands, by byte offsets: a library that loads and saves again would lose parts.
"""
