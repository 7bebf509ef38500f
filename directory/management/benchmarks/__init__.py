"""What `manage.py benchmark` measures, one file a subject."""
