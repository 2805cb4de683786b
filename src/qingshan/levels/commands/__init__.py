"""Commands of reporting between levels; `cli/table.py` lists them."""
