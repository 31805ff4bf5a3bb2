"""What the commands do, one file per group; the grammar is in ``onrecord.grammar``."""
