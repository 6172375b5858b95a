package com.tokaify.ledger.standalone;

import static java.util.Map.entry;

import com.tokaify.ledger.local.LedgerDatabases;
import com.tokaify.ledger.local.LocalFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The processes a ledger consists of: what the services stand on, and the services, which find each
 * other on Kafka and wait for what is not there yet. A new service is one more row.
 */
final class LedgerChildren {
    private static final String ISSUER = "LEDGER_ACCESS_ISSUER";
    private static final String GATEWAY_KEYS = "LEDGER_GATEWAY_KEYS";
    private static final String ENFORCEMENT_URLS = "LEDGER_ENFORCEMENT_URLS";

    private LedgerChildren() {}

    /**
     * @param jars the folder of the services' jars
     * @throws Refusal where a jar is missing or the environment has a value that cannot be used
     */
    static List<List<Child>> of(
            Map<String, String> environment,
            Addresses addresses,
            LocalFolder folder,
            Credentials credentials,
            Path jars) {
        LedgerDatabases.Passwords passwords = credentials.passwords();
        String pepperFile = credentials.pepperFile().toString();
        String postgres = "jdbc:postgresql://" + addresses.hostAndPort(LedgerPort.POSTGRES) + "/";
        String issuer = issuer(environment, addresses);
        List<Child> infrastructure =
                List.of(
                        new PostgresChild(folder, addresses, credentials),
                        new KafkaChild(
                                folder,
                                addresses,
                                Heap.from(environment, "LEDGER_KAFKA_HEAP", "512m")));
        List<Child> services =
                List.of(
                        new ServiceChild(
                                "command-service",
                                jar(jars, "command-service"),
                                LedgerPort.COMMAND,
                                Heap.from(environment, "LEDGER_COMMAND_HEAP", "1g"),
                                Map.ofEntries(
                                        entry(ISSUER, issuer),
                                        entry(
                                                "LEDGER_DATABASE_URL",
                                                postgres + PostgresChild.LEDGER_DATABASE),
                                        entry("LEDGER_OWNER_PASSWORD", passwords.owner()),
                                        entry("LEDGER_WRITER_PASSWORD", passwords.writer()),
                                        entry("LEDGER_RELAY_PASSWORD", passwords.relay()),
                                        entry("LEDGER_VAULT_PASSWORD", passwords.vault()),
                                        entry("LEDGER_SEALER_PASSWORD", passwords.sealer()),
                                        entry(
                                                "LEDGER_VAULT_KEY_FILE",
                                                credentials.vaultKeyFile().toString()),
                                        entry(
                                                "LEDGER_SEAL_KEY_FILE",
                                                credentials.seals().signer().toString()),
                                        entry(
                                                "LEDGER_SEAL_VERIFIER_KEY_FILE",
                                                credentials.seals().verifier().toString()),
                                        entry("LEDGER_PEPPER_FILE", pepperFile)),
                                addresses,
                                folder),
                        new ServiceChild(
                                "query-service",
                                jar(jars, "query-service"),
                                LedgerPort.QUERY,
                                Heap.from(environment, "LEDGER_QUERY_HEAP", "512m"),
                                Map.of(
                                        ISSUER,
                                        issuer,
                                        "LEDGER_QUERY_DATABASE_URL",
                                        postgres + PostgresChild.QUERY_DATABASE,
                                        "LEDGER_QUERY_PASSWORD",
                                        passwords.query(),
                                        "LEDGER_SEAL_VERIFIER_KEY",
                                        credentials.seals().verifier().toString()),
                                addresses,
                                folder),
                        new ServiceChild(
                                "enforcement-service",
                                jar(jars, "enforcement-service"),
                                LedgerPort.ENFORCEMENT,
                                Heap.from(environment, "LEDGER_ENFORCEMENT_HEAP", "1g"),
                                Map.of(
                                        ISSUER,
                                        issuer,
                                        GATEWAY_KEYS,
                                        gatewayKeys(environment, credentials),
                                        "LEDGER_PEPPER_FILE",
                                        pepperFile,
                                        "LEDGER_VIEW_SNAPSHOT_FOLDER",
                                        folder.data("view").toString(),
                                        "LEDGER_USAGE_SPOOL_FOLDER",
                                        folder.data("usage-spool").toString()),
                                addresses,
                                folder),
                        console(environment, addresses, folder, credentials, postgres, jars));
        return List.of(infrastructure, services);
    }

    private static Child console(
            Map<String, String> environment,
            Addresses addresses,
            LocalFolder folder,
            Credentials credentials,
            String postgres,
            Path jars) {
        Credentials.OfConsole secrets = credentials.console();
        return new ServiceChild(
                "console",
                jar(jars, "console"),
                LedgerPort.CONSOLE,
                Heap.from(environment, "LEDGER_CONSOLE_HEAP", "256m"),
                Map.of(
                        "LEDGER_CONSOLE_URL",
                        consoleUrl(environment, addresses),
                        "LEDGER_CONSOLE_DATABASE_URL",
                        postgres + PostgresChild.CONSOLE_DATABASE,
                        "LEDGER_CONSOLE_PASSWORD",
                        secrets.databasePassword(),
                        "LEDGER_SIGNING_KEY_FILE",
                        secrets.signingKeyFile().toString(),
                        "LEDGER_FIRST_OPERATOR_PASSWORD_FILE",
                        secrets.firstPasswordFile().toString(),
                        "LEDGER_LOCAL_CLIENT_SECRET_FILE",
                        secrets.localClientFile().toString(),
                        "LEDGER_COMMAND_URL",
                        addresses.url(LedgerPort.COMMAND),
                        "LEDGER_QUERY_URL",
                        addresses.url(LedgerPort.QUERY),
                        ENFORCEMENT_URLS,
                        enforcementUrls(environment, addresses)),
                addresses,
                folder);
    }

    /** Where browsers find the console: here, or where somebody has put a proxy before it. */
    static String consoleUrl(Map<String, String> environment, Addresses addresses) {
        return environment.getOrDefault("LEDGER_CONSOLE_URL", addresses.url(LedgerPort.CONSOLE));
    }

    /** Whose tokens the services take: the console's, or of who signs people in there. */
    private static String issuer(Map<String, String> environment, Addresses addresses) {
        String other = environment.getOrDefault("LEDGER_OIDC_ISSUER", "");
        return other.isBlank() ? consoleUrl(environment, addresses) : other;
    }

    /** Every instance: the one that is started here, unless somebody names those there are. */
    private static String enforcementUrls(Map<String, String> environment, Addresses addresses) {
        String all = environment.getOrDefault(ENFORCEMENT_URLS, "");
        return all.isBlank() ? addresses.url(LedgerPort.ENFORCEMENT) : all;
    }

    /** Those that somebody has configured, and the one of this machine. Digests, not keys. */
    private static String gatewayKeys(Map<String, String> environment, Credentials credentials) {
        String others = environment.getOrDefault(GATEWAY_KEYS, "");
        String local = "local=" + credentials.gatewayKeyDigest();
        return others.isBlank() ? local : others + "," + local;
    }

    /** Where the launcher says so, a run prepares the next start. */
    private static ServiceJar jar(Path jars, String service) {
        Path jar = jars.resolve(service + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new Refusal(jar + " is missing: build first");
        }
        String caches = System.getProperty("ledger.caches");
        return new ServiceJar(jar, caches == null ? null : Path.of(caches));
    }
}
