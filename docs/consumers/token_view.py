#!/usr/bin/env python3
"""A gateway's own view of all tokens, from nothing but Kafka.

Reads ledger.events from its beginning and goes on for ever; with --once it stops at the ends it saw at its
start. Prints a line for every token it knows whenever it has caught up.

    python3 token_view.py 127.0.0.1:9092 [--once]

Needs confluent-kafka (Debian: python3-confluent-kafka).
"""
import json
import sys

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, TopicPartition

TOPIC = "ledger.events"
NAMESPACE = "com.tokaify.ledger."

# Known, and of no interest to this view. Anything that is not named here or in FOLDS stops it.
PASSED_OVER = {
    "secret-revealed.v1", "token-imported.v1", "quota-exhausted.v1", "quota-period-changed.v1",
    "quota-period-started.v1", "model-quotas-changed.v1", "model-quota-exhausted.v1", "account-opened.v1",
    "balance-credited.v1", "balance-adjusted.v1", "account-suspended.v1", "account-resumed.v1",
    "group-defined.v1", "group-retired.v1", "model-listed.v1", "model-retired.v1", "catalog-closed.v1",
    "catalog-opened.v1",
}


def created(data):
    restrictions = data["restrictions"]
    return {
        "account": data["accountId"], "name": data["name"], "group": data["group"], "hash": data["lookupHash"],
        "status": "enabled", "consumed": 0, "rateLimits": None,
        **{field: restrictions[field] for field in ("quotaLimit", "models", "ipAllowlist", "expiresAt")},
    }


def setting(field):
    return lambda token, data: token.__setitem__(field, data[field])


def status(value):
    return lambda token, data: token.__setitem__("status", value)


def expiration(token, data):
    token["expiresAt"] = data["expiresAt"]
    if token["status"] == "expired":
        token["status"] = "enabled"


def rotated(token, data):
    token["hash"] = data["lookupHash"]


def booked(token, data):
    token["consumed"] = data["totalAfter"]


FOLDS = {
    "token-renamed.v1": setting("name"),
    "token-group-changed.v1": setting("group"),
    "quota-limit-changed.v1": setting("quotaLimit"),
    "model-access-changed.v1": setting("models"),
    "ip-allowlist-changed.v1": setting("ipAllowlist"),
    "rate-limits-changed.v1": setting("rateLimits"),
    "expiration-changed.v1": expiration,
    "token-enabled.v1": status("enabled"),
    "token-disabled.v1": status("disabled"),
    "token-expired.v1": status("expired"),
    "token-deleted.v1": status("deleted"),
    "secret-rotated.v1": rotated,
    "quota-consumed.v1": booked,
    "quota-refunded.v1": booked,
}


class TokenView:
    def __init__(self):
        self.tokens = {}
        self.last = {}  # the last pseq of each partition that is in the view; stored together with it, if it is

    def apply(self, partition, headers, value):
        """Each event once and none left out, or not another one."""
        pseq = int(headers["pseq"])
        known = self.last.get(partition, 0)
        if pseq <= known:
            return False  # a repetition
        if pseq > known + 1:
            raise SystemExit(
                f"partition {partition}: event {known + 1} is missing; stop, tell somebody, begin anew")
        self.fold(headers["ce_type"].decode(), headers["ce_subject"].decode(), json.loads(value))
        self.last[partition] = pseq
        return True

    def fold(self, ce_type, subject, data):
        name = ce_type.removeprefix(NAMESPACE)
        if name == "token-created.v1":
            self.tokens[subject] = created(data)
        elif name in FOLDS:
            FOLDS[name](self.tokens[subject], data)
        elif name not in PASSED_OVER:
            # A view that passes over what it does not know is wrong and looks right.
            raise SystemExit(f"I do not know events of the type {ce_type}; teach me, then start me again")

    def print(self):
        for token_id, token in sorted(self.tokens.items()):
            limits, models = (json.dumps(token[field], separators=(",", ":")) for field in ("rateLimits", "models"))
            quota = json.dumps(token["quotaLimit"])
            print(f"{token_id} {token['status']} group={token['group']} consumed={token['consumed']} "
                  f"quotaLimit={quota} models={models} rateLimits={limits}", flush=True)


def main(bootstrap, once):
    consumer = Consumer({
        "bootstrap.servers": bootstrap,
        "isolation.level": "read_committed",  # otherwise events are seen that never happened
        "enable.auto.commit": False,
        "auto.offset.reset": "error",  # an offset that is gone is a gap: an error, not a jump
        "group.id": "unused",  # the library wants one; nothing is subscribed and nothing committed
    })
    partitions = sorted(consumer.list_topics(TOPIC, timeout=10).topics[TOPIC].partitions)
    # No group: every instance needs all partitions, and keeps its own positions.
    consumer.assign([TopicPartition(TOPIC, partition, OFFSET_BEGINNING) for partition in partitions])
    ends = {p: consumer.get_watermark_offsets(TopicPartition(TOPIC, p), timeout=10)[1] for p in partitions}
    waiting = {partition for partition, end in ends.items() if end > 0}
    view = TokenView()
    caught_up = False
    while not (once and caught_up):
        news = False
        for message in consumer.consume(num_messages=1000, timeout=0.5):
            if message.error():
                raise KafkaException(message.error())
            news |= view.apply(message.partition(), dict(message.headers()), message.value())
        # Transactions end in markers that are no messages, so the position is asked and not the last offset.
        for position in consumer.position([TopicPartition(TOPIC, partition) for partition in waiting]):
            if position.offset >= ends[position.partition]:
                waiting.discard(position.partition)
        before, caught_up = caught_up, not waiting
        if caught_up and (news or not before):
            view.print()
    consumer.close()


if __name__ == "__main__":
    main(sys.argv[1], "--once" in sys.argv[2:])
