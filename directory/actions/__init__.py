"""One function per thing somebody can do. Each is one transaction and leaves a Revision. No request object ever comes in."""
