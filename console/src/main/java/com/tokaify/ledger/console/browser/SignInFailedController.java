package com.tokaify.ledger.console.browser;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * What somebody sees whom the issuer has sent back without success. A page of its own: the sign-in
 * page may be the issuer's, which would send them back at once.
 */
@Controller
class SignInFailedController {

    @GetMapping("/sign-in/failed")
    ModelAndView failed(@RequestParam(required = false) @Nullable String role) {
        ModelAndView page = new ModelAndView("failed", HttpStatus.FORBIDDEN);
        page.addObject("reason", role == null ? "failed.other" : "failed.role");
        return page;
    }
}
