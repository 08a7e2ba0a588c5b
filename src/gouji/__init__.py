"""勾稽: checks 部门决算 workbooks exactly, names the wrong cell and writes it into the cells."""
