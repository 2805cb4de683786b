"""Soil: screening and intervention values, classes of farmland, construction land (土壤环境)."""
