"""Each request comes from an address of its own: what is looked for is not the limit on tries."""

import ipaddress
import random

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    address = ipaddress.IPv4Address(random.randrange(2**24, 2**32))
    case.headers["X-Forwarded-For"] = str(address)
