package com.tokaify.ledger.console.oidc;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where another issuer has the sign-in page, the way there. */
@Controller
@WithForeignIssuer
class ForeignSignInController {

    @GetMapping("/sign-in")
    String signIn(@RequestParam(name = OidcSignIn.AGAIN, required = false) @Nullable String again) {
        return "redirect:" + Registration.START + (again == null ? "" : "?" + OidcSignIn.AGAIN);
    }
}
