"""What `manage.py benchmark` measures, one module a subject, and what they measure it with."""
