package com.tokaify.ledger.enforcement.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of Envoy's {@code envoy.service.auth.v3.CheckRequest}, read from its bytes. Fields
 * that nobody asks for are passed over, as protobuf has it; the numbers are those of Envoy's {@code
 * attribute_context.proto}. Read by one thread.
 */
final class CheckRequest {
    private static final int ATTRIBUTES = 1;
    private static final int SOURCE = 1;
    private static final int REQUEST = 4;
    private static final int CONTEXT_EXTENSIONS = 10;
    private static final int PEER_ADDRESS = 1;
    private static final int SOCKET_ADDRESS = 1;
    private static final int SOCKET_ADDRESS_ADDRESS = 2;
    private static final int HTTP = 2;
    private static final int HTTP_ID = 1;
    private static final int HTTP_HEADERS = 3;
    private static final int HTTP_PATH = 4;
    private static final int HTTP_BODY = 11;
    private static final int HTTP_RAW_BODY = 12;
    private static final int HTTP_HEADER_MAP = 13;
    private static final int HEADER_MAP_HEADERS = 1;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int RAW_VALUE = 3;

    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, String> extensions = new HashMap<>();
    private String source = "";
    private String id = "";
    private String path = "";
    private byte[] body = {};

    private CheckRequest() {}

    /**
     * @throws IOException where the bytes are no message
     */
    static CheckRequest read(byte[] bytes) throws IOException {
        CheckRequest request = new CheckRequest();
        fields(
                CodedInputStream.newInstance(bytes),
                (in, field) -> is(field, ATTRIBUTES) && message(in, request::attributes));
        return request;
    }

    /** By their names in small letters; values of one name are one text, with commas between. */
    @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Nullable String extension(String name) {
        return extensions.get(name);
    }

    /** The address Envoy was called from; empty where it says none. */
    String source() {
        return source;
    }

    /** Envoy's own name for the request; may be empty. */
    String id() {
        return id;
    }

    /** With its query. */
    String path() {
        return path;
    }

    byte[] body() {
        return body;
    }

    private boolean attributes(CodedInputStream in, int field) throws IOException {
        return switch (field) {
            case SOURCE -> message(in, this::peer);
            case REQUEST -> message(in, this::request);
            case CONTEXT_EXTENSIONS -> entry(in, extensions);
            default -> false;
        };
    }

    private boolean peer(CodedInputStream in, int field) throws IOException {
        return is(field, PEER_ADDRESS) && message(in, this::address);
    }

    private boolean address(CodedInputStream in, int field) throws IOException {
        return is(field, SOCKET_ADDRESS) && message(in, this::socketAddress);
    }

    private boolean socketAddress(CodedInputStream in, int field) throws IOException {
        if (is(field, SOCKET_ADDRESS_ADDRESS)) {
            source = in.readString();
            return true;
        }
        return false;
    }

    private boolean request(CodedInputStream in, int field) throws IOException {
        return is(field, HTTP) && message(in, this::http);
    }

    private boolean http(CodedInputStream in, int field) throws IOException {
        switch (field) {
            case HTTP_ID -> id = in.readString();
            case HTTP_HEADERS -> entry(in, headers);
            case HTTP_PATH -> path = in.readString();
            case HTTP_BODY, HTTP_RAW_BODY -> {
                byte[] given = in.readByteArray();
                body = given.length == 0 ? body : given;
            }
            case HTTP_HEADER_MAP -> message(in, this::headerMap);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Where Envoy was told to send headers raw: each by itself, also those of one name. */
    private boolean headerMap(CodedInputStream in, int field) throws IOException {
        return is(field, HEADER_MAP_HEADERS) && entry(in, headers);
    }

    /** Of a map, and of a list of headers, whose names come in small letters. */
    private static boolean entry(CodedInputStream in, Map<String, String> into) throws IOException {
        String[] entry = {"", ""};
        message(
                in,
                (fields, field) -> {
                    switch (field) {
                        case KEY -> entry[0] = fields.readString();
                        case VALUE, RAW_VALUE -> {
                            String value = fields.readString();
                            entry[1] = value.isEmpty() ? entry[1] : value;
                        }
                        default -> {
                            return false;
                        }
                    }
                    return true;
                });
        into.merge(entry[0], entry[1], (one, another) -> one + "," + another);
        return true;
    }

    /** Takes one field of a message, or says that it does not want it. */
    @FunctionalInterface
    private interface Fields {
        boolean take(CodedInputStream in, int field) throws IOException;
    }

    private static boolean message(CodedInputStream in, Fields fields) throws IOException {
        int end = in.pushLimit(in.readRawVarint32());
        fields(in, fields);
        in.popLimit(end);
        return true;
    }

    /** All that are wanted are of one kind on the wire; a field of another kind is none of them. */
    private static void fields(CodedInputStream in, Fields fields) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean taken =
                    WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
                            && fields.take(in, WireFormat.getTagFieldNumber(tag));
            if (!taken) {
                in.skipField(tag);
            }
        }
    }

    private static boolean is(int field, int wanted) {
        return field == wanted;
    }
}
