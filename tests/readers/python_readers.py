"""Python's email package, with the policy that it recommends and with the one that it has by default."""
import email
import email.policy
import email.utils

from views import NOTHING, view

COPIED = ("to", "cc")


def by_policy(octets):
    """policy.default: headers are parsed into addresses."""
    message = email.message_from_bytes(octets, policy=email.policy.default)

    def addresses(*names):
        return [address.addr_spec for name in names for field in message.get_all(name, [])
                for address in field.addresses if address.addr_spec not in ("", "<>")]
    return view(addresses("from"), addresses(*COPIED))


def by_compat32(octets):
    """policy.compat32, and email.utils.getaddresses for what headers hold."""
    message = email.message_from_bytes(octets)

    def addresses(*names):
        fields = [value.encode("ascii", "surrogateescape").decode("utf-8", "replace")
                  for name, value in message.raw_items() if name.lower() in names]
        return [address for _, address in email.utils.getaddresses(fields) if address]
    return view(addresses("from"), addresses(*COPIED))


def as_it_goes(reading, octets):
    """The package itself fails at some messages, in many ways."""
    try:
        return reading(octets)
    except Exception:  # pylint: disable=broad-except
        return NOTHING


def read(messages):
    return {"Python, policy.default": [as_it_goes(by_policy, each.octets) for each in messages],
            "Python, compat32": [as_it_goes(by_compat32, each.octets) for each in messages]}
