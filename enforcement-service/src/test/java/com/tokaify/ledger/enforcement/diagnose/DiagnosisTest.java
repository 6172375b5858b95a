package com.tokaify.ledger.enforcement.diagnose;

import static com.tokaify.ledger.enforcement.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.decision.GivenSecret;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.decision.Identity;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.rules.Finding;
import com.tokaify.ledger.events.rules.Found;
import com.tokaify.ledger.events.rules.Rule;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.service.access.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
    private static final TokenId TOKEN = TestLedger.token(1);
    private static final AccountId ACCOUNT = TestLedger.account(1);
    private static final IpAddress INSIDE = IpAddress.parse("ip", "10.1.2.3");
    private static final IpAddress OUTSIDE = IpAddress.parse("ip", "192.0.2.66");
    private static final List<String> BEFORE_THE_RULES =
            List.of("VIEW_READY", "SECRET_GIVEN", "SECRET_WELL_FORMED", "SECRET_KNOWN");

    private final TestLedger ledger = new TestLedger(1);
    private final LocalView view = new LocalView(1);
    private final TokenSecret secret = TestLedger.newSecret();
    private Instant now = NOW;
    private Pepper pepper;
    private Guard guard;

    @BeforeEach
    void aRestrictedToken(@TempDir Path folder) {
        pepper = TestLedger.pepper(folder);
        guard = new Guard(view, pepper, () -> now);
        apply(ACCOUNT, new BalanceCredited(1000, "invoice"));
        apply(
                TOKEN,
                TestLedger.created(
                        ACCOUNT,
                        new Restrictions(
                                100L,
                                List.of("gpt-5", "o1"),
                                List.of(IpRange.parse("10.0.0.0/8")),
                                NOW.plusSeconds(10)),
                        pepper.hash(secret)));
        apply(TOKEN, new TokenEvent.ModelQuotasChanged(List.of(new ModelQuota("o1", 50))));
        view.become(new ViewStatus.Ready());
    }

    /** A call that would pass has passed every check there is, in the order they are asked. */
    @Test
    void allChecksOfAWorkingTokenPass() {
        Diagnosis diagnosis = diagnose(secret.reveal(), new Check("o1", INSIDE, 50L));
        assertThat(diagnosis.code()).isEqualTo(Code.OK);
        assertThat(names(diagnosis))
                .containsExactlyElementsOf(
                        Stream.concat(
                                        BEFORE_THE_RULES.stream(),
                                        Arrays.stream(Rule.values()).map(Rule::name))
                                .toList());
        assertThat(diagnosis.findings()).allMatch(Finding::passed);
        assertThat(diagnosis.findings()).allMatch(finding -> finding.remedy() == null);
        assertThat(message(diagnosis, "NOT_EXPIRED"))
                .isEqualTo("The token expires at 2026-03-01T12:00:10Z.");
        assertThat(message(diagnosis, "MODEL_QUOTA_SUFFICIENT"))
                .isEqualTo("The model o1 has 50 units left; the call needs 50.");
    }

    /** Another account's token is none, by its id, by its secret and by one it had before. */
    @Test
    void anotherAccountsTokenIsDiagnosedAsNone() {
        Scope other = new Scope.OneAccount(TestLedger.account(2));
        Check check = new Check("o1", INSIDE, 50L);
        TokenSecret before = secret;
        TokenSecret after = TestLedger.newSecret();
        apply(TOKEN, new TokenEvent.SecretRotated(pepper.hash(after), "sk-tkfB**wxyz", NOW));
        GivenSecret never = new GivenSecret(TestLedger.newSecret().reveal());
        Diagnosis ofNoSecret = Diagnosis.ofSecret(guard.identify(never), check);

        for (TokenSecret theirs : List.of(before, after)) {
            Identity identity = guard.identify(new GivenSecret(theirs.reveal()));
            assertThat(Diagnosis.ofSecret(identity.within(other), check)).isEqualTo(ofNoSecret);
            assertThat(Diagnosis.ofSecret(identity.within(new Scope.OneAccount(ACCOUNT)), check))
                    .isEqualTo(Diagnosis.ofSecret(identity, check))
                    .isNotEqualTo(ofNoSecret);
        }
        assertThat(Diagnosis.ofToken(guard.identify(TOKEN).within(other), check))
                .isEqualTo(Diagnosis.ofToken(guard.identify(TestLedger.token(9)), check));
    }

    /** Who has made four mistakes is told of four, not of one after the other. */
    @Test
    void everyMistakeIsTold() {
        apply(TOKEN, new TokenEvent.TokenDisabled("leaked"));
        apply(ACCOUNT, new AccountSuspended("unpaid"));
        now = NOW.plusSeconds(10);
        Diagnosis diagnosis = diagnose(secret.reveal(), new Check("gpt-4", OUTSIDE, 1001L));
        assertThat(diagnosis.code()).isEqualTo(Code.TOKEN_DISABLED);
        assertThat(diagnosis.findings().stream().filter(f -> !f.passed()).map(Finding::code))
                .containsExactly(
                        Code.TOKEN_DISABLED,
                        Code.TOKEN_EXPIRED,
                        Code.IP_NOT_ALLOWED,
                        Code.MODEL_NOT_ALLOWED,
                        Code.ACCOUNT_SUSPENDED,
                        Code.BALANCE_INSUFFICIENT,
                        Code.QUOTA_EXHAUSTED);
        assertThat(diagnosis.findings())
                .allMatch(finding -> finding.passed() == (finding.remedy() == null));
        assertThat(message(diagnosis, "SOURCE_ALLOWED"))
                .isEqualTo(
                        "The call comes from 192.0.2.66; the token may be used only from"
                                + " 10.0.0.0/8.");
        assertThat(message(diagnosis, "MODEL_ALLOWED"))
                .isEqualTo(
                        "The model is gpt-4; the token may use only gpt-5, o1. Models are compared"
                                + " letter by letter.");
        assertThat(message(diagnosis, "BALANCE_SUFFICIENT"))
                .isEqualTo("The account has only 1000 units left; the call needs 1001.");
    }

    /** What is said in words is there for programs too, and each finding is of the rule's code. */
    @Test
    void everyFindingIsToldWithItsFacts() {
        Diagnosis diagnosis = diagnose(secret.reveal(), new Check("gpt-4", OUTSIDE, null));
        assertThat(finding(diagnosis, "NOT_EXPIRED"))
                .isEqualTo(
                        new Finding(
                                "NOT_EXPIRED",
                                Found.EXPIRES,
                                Map.of("expiresAt", "2026-03-01T12:00:10Z")));
        assertThat(finding(diagnosis, "SOURCE_ALLOWED"))
                .isEqualTo(
                        new Finding(
                                "SOURCE_ALLOWED",
                                Found.SOURCE_NOT_LISTED,
                                Map.of("ip", "192.0.2.66", "ipAllowlist", List.of("10.0.0.0/8"))));
        assertThat(finding(diagnosis, "MODEL_ALLOWED"))
                .isEqualTo(
                        new Finding(
                                "MODEL_ALLOWED",
                                Found.MODEL_NOT_LISTED,
                                Map.of("model", "gpt-4", "models", List.of("gpt-5", "o1"))));
        assertThat(finding(diagnosis, "BALANCE_SUFFICIENT").facts())
                .isEqualTo(Map.of("left", 1000L));
    }

    /** The overall code is verify's, whatever is wrong with the token and the call. */
    @Test
    void theCodeIsVerifys() {
        List<Check> checks = new ArrayList<>();
        for (String model : Arrays.asList(null, "gpt-5", "o1", "gpt-4")) {
            for (IpAddress ip : Arrays.asList(null, INSIDE, OUTSIDE)) {
                for (Long amount : Arrays.asList(null, 50L, 51L, 100L, 101L, 1001L)) {
                    checks.add(new Check(model, ip, amount));
                }
            }
        }
        TokenSecret next = TestLedger.newSecret();
        List<@Nullable String> secrets =
                Arrays.asList(
                        null,
                        " ",
                        "nonsense",
                        TestLedger.newSecret().reveal(),
                        secret.reveal(),
                        next.reveal());
        assertSame(secrets, checks);
        apply(
                TOKEN,
                new TokenEvent.SecretRotated(pepper.hash(next), next.mask(), NOW.plusSeconds(5)));
        assertSame(secrets, checks);
        now = NOW.plusSeconds(5);
        assertSame(secrets, checks);
        now = NOW.plusSeconds(10);
        assertSame(secrets, checks);
        apply(TOKEN, new TokenEvent.ExpirationChanged(null));
        apply(TOKEN, new TokenEvent.QuotaConsumed("u1", 50, "o1", 50, false));
        assertSame(secrets, checks);
        apply(TOKEN, new TokenEvent.QuotaLimitChanged(null));
        apply(TOKEN, new TokenEvent.ModelAccessChanged(null));
        apply(TOKEN, new TokenEvent.IpAllowlistChanged(null));
        assertSame(secrets, checks);
        apply(ACCOUNT, new AccountSuspended(null));
        assertSame(secrets, checks);
        apply(TOKEN, new TokenEvent.TokenDisabled(null));
        assertSame(secrets, checks);
        apply(TOKEN, new TokenEvent.TokenDeleted());
        assertSame(secrets, checks);
        view.become(new ViewStatus.Stopped("a gap"));
        assertSame(secrets, checks);
    }

    /** What is wrong with the secret itself is told too, and nothing of any token then. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,                                                       TOKEN_MISSING,   SECRET_GIVEN",
                "sk-short,                                                TOKEN_NOT_FOUND, SECRET_WELL_FORMED",
                "Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7Q7,         TOKEN_NOT_FOUND, SECRET_KNOWN"
            })
    void aSecretThatLeadsNowhereEndsTheDiagnosis(@Nullable String given, Code code, String failed) {
        Diagnosis diagnosis = diagnose(given, new Check("o1", INSIDE, null));
        assertThat(diagnosis.code()).isEqualTo(code);
        assertThat(diagnosis.findings().getLast().check()).isEqualTo(failed);
        assertThat(diagnosis.findings().getLast().remedy()).isNotNull();
        assertThat(diagnosis.known()).isNull();
    }

    /** The holder of an old secret is told that it was rotated, and nothing of the token. */
    @Test
    void anEndedSecretIsNamedAsSuch() {
        apply(
                TOKEN,
                new TokenEvent.SecretRotated(
                        pepper.hash(TestLedger.newSecret()), "sk-b", NOW.plusSeconds(5)));
        now = NOW.plusSeconds(5);
        Diagnosis diagnosis = diagnose(secret.reveal(), new Check(null, null, null));
        assertThat(message(diagnosis, "SECRET_KNOWN")).contains("was rotated");
        assertThat(diagnosis.known()).isNull();
    }

    /** By its id a token is diagnosed without its secret, as its owner sees it in the console. */
    @Test
    void aTokenIsDiagnosedByItsId() {
        Check check = new Check("o1", INSIDE, null);
        Diagnosis found = Diagnosis.ofToken(guard.identify(TOKEN), check);
        assertThat(found.code()).isEqualTo(Code.OK);
        assertThat(names(found)).startsWith("VIEW_READY", "TOKEN_KNOWN", "NOT_DELETED");
        assertThat(json(found)).contains("\"tokenId\":\"" + TOKEN + "\"", "\"secret\":null");

        Diagnosis unknown = Diagnosis.ofToken(guard.identify(TestLedger.token(2)), check);
        assertThat(unknown.code()).isEqualTo(Code.TOKEN_NOT_FOUND);
        assertThat(names(unknown)).containsExactly("VIEW_READY", "TOKEN_KNOWN");

        view.become(new ViewStatus.CatchingUp());
        assertThat(Diagnosis.ofToken(guard.identify(TOKEN), check).code())
                .isEqualTo(Code.VIEW_NOT_READY);
    }

    /** The answer to the byte, where there is least to say. */
    @Test
    void theAnswerIsFlatAndComplete() {
        assertThat(json(diagnose(null, new Check(null, null, null))))
                .isEqualTo(
                        "{\"valid\":false,\"code\":\"TOKEN_MISSING\",\"checks\":["
                                + "{\"check\":\"VIEW_READY\",\"passed\":true,\"code\":\"OK\","
                                + "\"found\":\"VIEW_READY\",\"facts\":{},"
                                + "\"message\":\"This instance knows the ledger.\",\"remedy\":null},"
                                + "{\"check\":\"SECRET_GIVEN\",\"passed\":false,"
                                + "\"code\":\"TOKEN_MISSING\",\"found\":\"SECRET_MISSING\","
                                + "\"facts\":{},\"message\":\"No secret was given.\","
                                + "\"remedy\":\"Send the key as 'Authorization: Bearer sk-…'.\"}]}");
        assertThat(json(diagnose(secret.reveal(), new Check("o1", INSIDE, null))))
                .startsWith(
                        "{\"valid\":true,\"code\":\"OK\",\"tokenId\":\"%s\",\"accountId\":\"%s\","
                                        .formatted(TOKEN, ACCOUNT)
                                + "\"group\":\"default\",\"secret\":\"current\",\"remaining\":50,"
                                + "\"expiresAt\":\"2026-03-01T12:00:10Z\",\"position\":\"0:3\","
                                + "\"checks\":[")
                .contains(
                        "\"found\":\"MODEL_QUOTA_COVERS\",\"facts\":{\"model\":\"o1\",\"left\":50},");
        assertThat(json(diagnose(secret.reveal(), new Check("gpt-4", INSIDE, null))))
                .contains("\"facts\":{\"model\":\"gpt-4\",\"models\":[\"gpt-5\",\"o1\"]},");
    }

    /** Which of the two would be meant nobody knows. */
    @Test
    void anIdAndASecretTogetherAreRefused() {
        String body = "{\"tokenId\":\"%s\",\"secret\":\"x\"}".formatted(TOKEN);
        assertThatThrownBy(() -> DiagnoseRequest.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidField.class)
                .hasMessage("secret must not be given together with tokenId");
    }

    /** Every field reaches the diagnosis as it was sent. */
    @Test
    void allFieldsAreRead() {
        String body =
                "{\"tokenId\":\"%s\",\"model\":\"o1\",\"ip\":\"10.1.2.3\",\"amount\":7}"
                        .formatted(TOKEN);
        assertThat(DiagnoseRequest.read(body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new DiagnoseRequest(TOKEN, null, new Check("o1", INSIDE, 7L)));
    }

    private void assertSame(List<@Nullable String> secrets, List<Check> checks) {
        for (String given : secrets) {
            for (Check check : checks) {
                assertThat(diagnose(given, check).code())
                        .as("%s", check)
                        .isEqualTo(guard.decide(secret(given), check).code());
            }
        }
    }

    private Diagnosis diagnose(@Nullable String given, Check check) {
        return Diagnosis.ofSecret(guard.identify(secret(given)), check);
    }

    private static @Nullable GivenSecret secret(@Nullable String text) {
        return text == null ? null : new GivenSecret(text);
    }

    private void apply(StreamId stream, LedgerEvent event) {
        view.apply(ledger.record(stream, event));
    }

    private static List<String> names(Diagnosis diagnosis) {
        return diagnosis.findings().stream().map(Finding::check).toList();
    }

    private static String message(Diagnosis diagnosis, String check) {
        return finding(diagnosis, check).message();
    }

    private static Finding finding(Diagnosis diagnosis, String check) {
        return diagnosis.findings().stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private static String json(Diagnosis diagnosis) {
        return new String(DiagnoseAnswer.of(diagnosis), StandardCharsets.UTF_8);
    }
}
