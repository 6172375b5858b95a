package com.tokaify.ledger.seals;

import dev.sigstore.rekor.client.ImmutableInclusionProof;
import dev.sigstore.rekor.client.ImmutableRekorEntry;
import dev.sigstore.rekor.client.ImmutableVerification;
import dev.sigstore.rekor.client.RekorVerificationException;
import dev.sigstore.rekor.client.RekorVerifier;
import dev.sigstore.trustroot.ImmutableLogId;
import dev.sigstore.trustroot.ImmutablePublicKey;
import dev.sigstore.trustroot.ImmutableTransparencyLog;
import dev.sigstore.trustroot.ImmutableValidFor;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Sigstore's own verifier of entries of its logs, told nothing but a verifier key: it takes this
 * ledger's log for one of those. All it is given is what anybody gets from query-service.
 */
final class Sigstore {
    /** What X.509 puts before the bytes of every Ed25519 key. */
    private static final String X509 = "302a300506032b6570032100";

    private static final HexFormat HEX = HexFormat.of();

    private final String logId;
    private final RekorVerifier verifier;

    /**
     * @param verifierKey {@code <name>+<id>+<base64>}
     */
    Sigstore(String verifierKey) {
        String[] parts = verifierKey.split("\\+", 3);
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        logId = parts[1];
        verifier =
                RekorVerifier.newRekorVerifier(
                        List.of(
                                ImmutableTransparencyLog.builder()
                                        .baseUrl(URI.create("https://" + parts[0]))
                                        .hashAlgorithm("SHA2_256")
                                        .logId(
                                                ImmutableLogId.builder()
                                                        .keyId(HEX.parseHex(logId))
                                                        .build())
                                        .publicKey(
                                                ImmutablePublicKey.builder()
                                                        .keyDetails("PKIX_ED25519")
                                                        .rawBytes(
                                                                HEX.parseHex(
                                                                        X509
                                                                                + HEX.formatHex(
                                                                                        typed,
                                                                                        1,
                                                                                        typed.length)))
                                                        .validFor(
                                                                ImmutableValidFor.builder()
                                                                        .start(Instant.EPOCH)
                                                                        .build())
                                                        .build())
                                        .build()));
    }

    /**
     * Verifies that an entry is in the log, and who signed that.
     *
     * @param checkpoint a signed note
     * @throws RekorVerificationException where it does not believe it
     */
    void verify(byte[] entry, long leaf, List<Hash> inclusion, Checkpoint tree, String checkpoint)
            throws RekorVerificationException {
        verifier.verifyEntry(
                ImmutableRekorEntry.builder()
                        .body(Base64.getEncoder().encodeToString(entry))
                        .integratedTime(0)
                        .logID(logId)
                        .logIndex(leaf)
                        .verification(
                                ImmutableVerification.builder()
                                        .inclusionProof(
                                                ImmutableInclusionProof.builder()
                                                        .logIndex(leaf)
                                                        .treeSize(tree.size())
                                                        .rootHash(hex(tree.root()))
                                                        .hashes(
                                                                inclusion.stream()
                                                                        .map(Sigstore::hex)
                                                                        .toList())
                                                        .checkpoint(checkpoint)
                                                        .build())
                                        .build())
                        .build());
    }

    private static String hex(Hash hash) {
        return HEX.formatHex(hash.bytes());
    }
}
