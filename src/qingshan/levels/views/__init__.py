"""Pages of reporting between levels."""
