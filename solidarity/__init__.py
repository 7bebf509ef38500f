"""The project: settings and addresses. It points at the doors; nobody imports it."""
