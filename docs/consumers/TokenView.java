import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway's own view of all tokens, from nothing but Kafka: no class of the ledger is used. Reads
 * {@code ledger.events} from its beginning and goes on for ever; with {@code --once} it stops at the
 * ends it saw at its start. Prints a line for every token it knows whenever it has caught up.
 *
 * <pre>java -cp 'kafka-clients.jar:jackson-databind.jar:…' TokenView.java 127.0.0.1:9092 [--once]</pre>
 */
public final class TokenView {
    private static final String TOPIC = "ledger.events";
    private static final String NAMESPACE = "com.tokaify.ledger.";

    /** Known, and of no interest to this view. Anything that is not named here or below stops it. */
    private static final Set<String> PASSED_OVER =
            Set.of(
                    "secret-revealed.v1",
                    "token-imported.v1",
                    "quota-exhausted.v1",
                    "quota-period-changed.v1",
                    "quota-period-started.v1",
                    "model-quotas-changed.v1",
                    "model-quota-exhausted.v1",
                    "account-opened.v1",
                    "balance-credited.v1",
                    "balance-adjusted.v1",
                    "account-suspended.v1",
                    "account-resumed.v1",
                    "group-defined.v1",
                    "group-retired.v1",
                    "model-listed.v1",
                    "model-retired.v1",
                    "catalog-closed.v1",
                    "catalog-opened.v1");

    private final JsonMapper json = new JsonMapper();
    private final Map<String, Map<String, Object>> tokens = new TreeMap<>();

    /** The last pseq of each partition that is in the view. Stored together with it, if it is. */
    private final Map<Integer, Long> last = new HashMap<>();

    public static void main(String[] arguments) {
        boolean once = arguments.length > 1 && arguments[1].equals("--once");
        new TokenView().run(arguments[0], once);
    }

    private void run(String bootstrap, boolean once) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", bootstrap,
                        // Otherwise events are seen that never happened.
                        "isolation.level", "read_committed",
                        "enable.auto.commit", false,
                        // An offset that is gone is a gap: an error, not a jump.
                        "auto.offset.reset", "none");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            // No group: every instance needs all partitions, and keeps its own positions.
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(TOPIC)
                    .forEach(found -> partitions.add(new TopicPartition(TOPIC, found.partition())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            boolean caughtUp = false;
            while (!(once && caughtUp)) {
                boolean news = false;
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(500))) {
                    news |= apply(record);
                }
                boolean before = caughtUp;
                caughtUp =
                        caughtUp
                                || ends.entrySet().stream()
                                        .allMatch(end ->
                                                consumer.position(end.getKey()) >= end.getValue());
                if (caughtUp && (news || !before)) {
                    print();
                }
            }
        }
    }

    /** Each event once and none left out, or not another one. */
    private boolean apply(ConsumerRecord<byte[], byte[]> record) {
        long pseq = Long.parseLong(header(record, "pseq"));
        long known = last.getOrDefault(record.partition(), 0L);
        if (pseq <= known) {
            return false; // a repetition
        }
        if (pseq > known + 1) {
            throw new IllegalStateException(
                    "partition " + record.partition() + ": event " + (known + 1)
                            + " is missing; stop, tell somebody, begin anew");
        }
        fold(header(record, "ce_type"), header(record, "ce_subject"), json.readTree(record.value()));
        last.put(record.partition(), pseq);
        return true;
    }

    private void fold(String type, String subject, JsonNode data) {
        if (!type.startsWith(NAMESPACE)) {
            throw unknown(type);
        }
        String name = type.substring(NAMESPACE.length());
        switch (name) {
            case "token-created.v1" -> {
                Map<String, Object> token = new TreeMap<>();
                token.put("account", data.required("accountId").asString());
                token.put("name", data.required("name").asString());
                token.put("group", data.required("group").asString());
                token.put("hash", data.required("lookupHash").asString());
                token.put("status", "enabled");
                token.put("consumed", 0L);
                JsonNode restrictions = data.required("restrictions");
                for (String field : List.of("quotaLimit", "models", "ipAllowlist", "expiresAt")) {
                    token.put(field, restrictions.required(field));
                }
                token.put("rateLimits", json.getNodeFactory().nullNode());
                tokens.put(subject, token);
            }
            case "token-renamed.v1" -> set(subject, "name", data.required("name").asString());
            case "token-group-changed.v1" -> set(subject, "group", data.required("group").asString());
            case "quota-limit-changed.v1" -> set(subject, "quotaLimit", data.required("quotaLimit"));
            case "model-access-changed.v1" -> set(subject, "models", data.required("models"));
            case "ip-allowlist-changed.v1" ->
                    set(subject, "ipAllowlist", data.required("ipAllowlist"));
            case "rate-limits-changed.v1" -> set(subject, "rateLimits", data.required("rateLimits"));
            case "expiration-changed.v1" -> {
                set(subject, "expiresAt", data.required("expiresAt"));
                if (token(subject).get("status").equals("expired")) {
                    set(subject, "status", "enabled");
                }
            }
            case "token-enabled.v1" -> set(subject, "status", "enabled");
            case "token-disabled.v1" -> set(subject, "status", "disabled");
            case "token-expired.v1" -> set(subject, "status", "expired");
            case "token-deleted.v1" -> set(subject, "status", "deleted");
            case "secret-rotated.v1" -> set(subject, "hash", data.required("lookupHash").asString());
            case "quota-consumed.v1", "quota-refunded.v1" ->
                    set(subject, "consumed", data.required("totalAfter").asLong());
            default -> {
                if (!PASSED_OVER.contains(name)) {
                    throw unknown(type);
                }
            }
        }
    }

    /** A view that passes over what it does not know is wrong and looks right. */
    private static IllegalStateException unknown(String type) {
        return new IllegalStateException(
                "I do not know events of the type " + type + "; teach me, then start me again");
    }

    private void set(String subject, String field, Object value) {
        token(subject).put(field, value);
    }

    private Map<String, Object> token(String subject) {
        Map<String, Object> token = tokens.get(subject);
        if (token == null) {
            throw new IllegalStateException(subject + " was never created");
        }
        return token;
    }

    private void print() {
        tokens.forEach(
                (id, token) ->
                        System.out.println(
                                id + " " + token.get("status") + " group=" + token.get("group")
                                        + " consumed=" + token.get("consumed")
                                        + " quotaLimit=" + token.get("quotaLimit")
                                        + " models=" + token.get("models")
                                        + " rateLimits=" + token.get("rateLimits")));
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null) {
            throw new IllegalStateException("a record without the header " + name);
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
