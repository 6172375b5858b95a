"""Writes shared-events/src/main/resources/seals/vectors.json: what both verifiers of the log of seals, the one that
publishes it and the auditor's, are held to. Deliberately written from the specifications, in another language than they are
and as naively as they are not: the tree is RFC 6962's recursive definition.

    python3 seals/src/test/vectors/make.py > shared-events/src/main/resources/seals/vectors.json     (needs: cryptography)
"""

import base64
import hashlib
import json
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ORIGIN = "tokaify.ledger"
WITNESS = "auditor.example/witness"
COSIGNED_AT = 1795429999

# Events as they lie in the store, in the order of the log: runs of one partition each, taken in turn.
ACCOUNT = "acc_01karc8qkfe008000000000001"
TOKEN = "tok_01karc8qkff8drrb9y9xd6pz4d"
RUNS = [
    (43, 1, [
        (ACCOUNT, 0, "account-opened", "2026-11-23T10:32:00Z", "operator:usr_01", "0193-7c4e",
         '{"name":"Acme & Söhne"}'),
        (ACCOUNT, 1, "balance-credited", "2026-11-23T10:32:01.500Z", "operator:usr_01", "0193-7c4f",
         '{"amount":50000000,"reference":"invoice 2026-0042"}'),
    ]),
    (17, 1, [
        ("catalog", 0, "group-defined", "2026-11-23T10:31:00.000001Z", "system:start", "start-up",
         '{"name":"default","displayName":"Default group"}'),
    ]),
    (49, 7, [
        (TOKEN, 0, "token-created", "2026-11-23T10:32:07.123Z", "owner:usr_02", "0193-7c50",
         '{"accountId":"acc_01karc8qkfe008000000000001","name":"Büro 東京","group":"default","restrictions":'
         '{"quotaLimit":5000000,"models":["gpt-4o"],"ipAllowlist":["10.0.0.0/8"],"expiresAt":"2027-01-01T00:00:00Z"},'
         '"lookupHash":"MRAtFtu-WDZhmvuF3iTKrSB_odb2FmdTpaSdnfgBuwQ","mask":"sk-tkf0**********Fe8s"}'),
        (TOKEN, 1, "quota-consumed", "2026-11-23T10:32:07.123456Z", "gateway:edge-1", "0193-7c51:17",
         '{"usageId":"req-7f3a","amount":1250,"model":"gpt-4o","totalAfter":1250,"overrun":false}'),
        # A payload of several lines: what follows the empty line is taken as it is.
        (TOKEN, 2, "token-disabled", "2026-11-23T10:32:08Z", "owner:usr_02", "0193-7c52",
         '{"reason":\n\n"leaked on a public page"}\n'),
    ]),
    (17, 2, [
        ("catalog", 1, "model-listed", "2026-11-23T10:32:09Z", "operator:usr_01", "0193-7c53",
         '{"model":"gpt-4o"}'),
    ]),
]


def b64(data):
    return base64.b64encode(data).decode()


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def leaf_hash(entry):
    return sha256(b"\x00", entry)


def split(n):
    """The largest power of two smaller than n."""
    return 1 << (n - 1).bit_length() - 1


def mth(leaves):
    """RFC 6962, 2.1, over leaf hashes."""
    n = len(leaves)
    if n == 0:
        return sha256()
    if n == 1:
        return leaves[0]
    k = split(n)
    return sha256(b"\x01", mth(leaves[:k]), mth(leaves[k:]))


def path(m, leaves):
    """RFC 6962, 2.1.1."""
    n = len(leaves)
    if n == 1:
        return []
    k = split(n)
    if m < k:
        return path(m, leaves[:k]) + [mth(leaves[k:])]
    return path(m - k, leaves[k:]) + [mth(leaves[:k])]


def subproof(m, leaves, whole):
    """RFC 6962, 2.1.2."""
    n = len(leaves)
    if m == n:
        return [] if whole else [mth(leaves)]
    k = split(n)
    if m <= k:
        return subproof(m, leaves[:k], whole) + [mth(leaves[k:])]
    return subproof(m - k, leaves[k:], False) + [mth(leaves[:k])]


class Key:
    """An Ed25519 key with a name, as c2sp.org/signed-note (type 1) and c2sp.org/tlog-cosignature (type 4) use it."""

    def __init__(self, name, kind, seed):
        self.name = name
        self.seed = seed
        self.private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self.private.public_key().public_bytes_raw()
        self.key_id = sha256(name.encode(), b"\n", bytes([kind]), self.public)[:4]
        self.verifier = f"{name}+{self.key_id.hex()}+{b64(bytes([kind]) + self.public)}"

    def line(self, signature):
        return f"— {self.name} {b64(self.key_id + signature)}\n"

    def told(self):
        return {"name": self.name, "seed": b64(self.seed), "verifier": self.verifier}


def main():
    log_key = Key(ORIGIN, 1, bytes(range(32)))
    witness_key = Key(WITNESS, 4, bytes(range(32, 64)))

    events, runs, leaves, last = [], [], [], {}
    for partition, first, members in RUNS:
        runs.append({"firstLeaf": len(leaves), "partition": partition, "firstPseq": first, "count": len(members)})
        for pseq, (stream, sequence, kind, time, actor, correlation, payload) in enumerate(members, first):
            previous = b64(last[stream]) if sequence else "-"
            lines = ["tokaify-ledger-entry/v1", stream, str(sequence), f"{partition}:{pseq}",
                     f"com.tokaify.ledger.{kind}.v1", time, actor, correlation, previous]
            entry = ("\n".join(lines) + "\n\n").encode() + payload.encode()
            leaf = leaf_hash(entry)
            last[stream] = leaf
            events.append({
                "leaf": len(leaves), "partition": partition, "pseq": pseq, "stream": stream, "sequence": sequence,
                "type": lines[4], "recordedAt": time, "actor": actor, "correlationId": correlation,
                "payload": b64(payload.encode()), "previous": previous, "entry": b64(entry), "leafHash": b64(leaf)})
            leaves.append(leaf)

    sizes = range(len(leaves) + 1)

    def body(size):
        return f"{ORIGIN}\n{size}\n{b64(mth(leaves[:size]))}\n"

    def note(size):
        return body(size) + "\n" + log_key.line(log_key.private.sign(body(size).encode()))

    def cosigned(size):
        message = f"cosignature/v1\ntime {COSIGNED_AT}\n{body(size)}".encode()
        return note(size) + witness_key.line(COSIGNED_AT.to_bytes(8, "big") + witness_key.private.sign(message))

    def proof(leaf, size):
        hashes = "".join(b64(h) + "\n" for h in path(leaf, leaves[:size]))
        return f"c2sp.org/tlog-proof@v1\nindex {leaf}\n{hashes}\n{note(size)}"

    size = len(leaves)
    json.dump({
        "about": "Test vectors of the log of seals, written by seals/src/test/vectors/make.py. Bytes are base64.",
        "origin": ORIGIN,
        "key": log_key.told(),
        "events": events,
        "runs": runs,
        "roots": [b64(mth(leaves[:n])) for n in sizes],
        "inclusion": [{"leaf": m, "size": n, "proof": [b64(h) for h in path(m, leaves[:n])]}
                      for n in sizes for m in range(n)],
        "consistency": [{"from": m, "to": n, "proof": [b64(h) for h in subproof(m, leaves[:n], True)]}
                        for n in sizes for m in range(1, n + 1)],
        "checkpoints": [{"size": n, "note": note(n)} for n in sizes],
        "checkpoint": note(size),
        "witness": witness_key.told() | {"time": COSIGNED_AT},
        "cosigned": cosigned(size),
        "tlogProof": {"leaf": 4, "size": size, "text": proof(4, size)},
    }, sys.stdout, ensure_ascii=False, indent=2)
    print()


main()
