package com.tokaify.ledger.command.vault;

import com.tokaify.ledger.command.vault.KeyRotation.Rotated;
import com.tokaify.ledger.service.api.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What operators do to the vault over HTTP. */
@RestController
final class VaultController {
    private final KeyRotation rotation;

    VaultController(KeyRotation rotation) {
        this.rotation = rotation;
    }

    /**
     * @param retireOldKeys absent is false: old keys are kept, for back-ups wrapped under them
     */
    record RotationRequest(@Nullable Boolean retireOldKeys) {}

    /**
     * Takes a new key for the vault into use. Answers when every account key is wrapped under it.
     */
    @Problems({})
    @PostMapping("/v1/vault/rotations")
    Rotated rotate(@RequestBody(required = false) @Nullable RotationRequest body) {
        return rotation.rotate(body != null && Boolean.TRUE.equals(body.retireOldKeys()));
    }
}
