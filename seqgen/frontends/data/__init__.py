"""Reading data sources of any kind: folders, archives, and the cache of what was prepared."""
