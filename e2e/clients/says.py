# Says each of its arguments as a message, one after the other; those that begin with "large" with more than a megabyte.
# Without arguments it fails.
import os
import sys

import sentry_sdk


def add_ballast(event, hint):
    """After the SDK has shortened everything."""
    if event.get("message", "").startswith("large"):
        event["extra"] = {"ballast": ["x" * 5000] * 300}
    return event


sentry_sdk.init(dsn=os.environ["DSN"], default_integrations=False, before_send=add_ballast)
for text in sys.argv[1:]:
    sentry_sdk.capture_message(text)
    sentry_sdk.flush(5)
if not sys.argv[1:]:
    try:
        {}["lantern"]
    except KeyError:
        sentry_sdk.capture_exception()
    sentry_sdk.flush(5)
sentry_sdk.Hub.current.client.close(5)
