"""onrecord reads news of international affairs and keeps the record of who said what."""
