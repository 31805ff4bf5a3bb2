"""What leaves a record for other programs: one small file per format."""
