"""How far gouji's answers can be trusted: consistent workbooks in all prints, one wrong figure in each, and damage."""
