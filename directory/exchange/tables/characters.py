"""Characters that no database stores, as they come in files."""

import re
from typing import Any

# NUL and lone surrogates: PostgreSQL refuses both. The sign in their place is the one for
# "unreadable", so that whoever looks at the row sees it.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
UNREADABLE = "\ufffd"


def storable(value: Any) -> Any:
    """The value with NUL and lone surrogates replaced, in lists and objects too."""
    if isinstance(value, str):
        return _UNSTORABLE.sub(UNREADABLE, value)
    if isinstance(value, list):
        return [storable(part) for part in value]
    if isinstance(value, dict):
        return {storable(str(name)): storable(part) for name, part in value.items()}
    return value
