package com.tokaify.ledger.enforcement.grpc;

import com.google.protobuf.CodedOutputStream;
import com.tokaify.ledger.enforcement.authz.AuthzAnswer;
import com.tokaify.ledger.enforcement.authz.AuthzAnswer.Header;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * An answer as the bytes of Envoy's {@code envoy.service.auth.v3.CheckResponse}; the numbers are
 * those of its {@code external_auth.proto}. Only a status of OK lets a call through.
 */
final class CheckResponse {
    private static final int STATUS = 1;
    private static final int DENIED = 2;
    private static final int OK = 3;
    private static final int STATUS_CODE = 1;
    private static final int DENIED_STATUS = 1;
    private static final int DENIED_STATUS_CODE = 1;
    private static final int HEADERS = 2;
    private static final int DENIED_BODY = 3;
    private static final int OPTION_HEADER = 1;
    private static final int OPTION_APPEND_ACTION = 3;
    private static final int KEY = 1;
    private static final int VALUE = 2;

    /** A caller must not add to what the ledger says of its token. */
    private static final int OVERWRITE_IF_EXISTS_OR_ADD = 2;

    private CheckResponse() {}

    static byte[] of(AuthzAnswer answer) {
        return message(response -> {
            Status.Code code = code(answer);
            response.writeByteArray(
                    STATUS, message(status -> status.writeInt32(STATUS_CODE, code.value())));
            if (answer.allowed()) {
                response.writeByteArray(OK, message(ok -> headers(ok, answer)));
            } else {
                response.writeByteArray(DENIED, message(no -> denied(no, answer)));
            }
        });
    }

    private static void denied(CodedOutputStream denied, AuthzAnswer answer) throws IOException {
        denied.writeByteArray(
                DENIED_STATUS,
                message(status -> status.writeEnum(DENIED_STATUS_CODE, answer.status())));
        headers(denied, answer);
        header(denied, new Header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE));
        denied.writeString(DENIED_BODY, answer.body());
    }

    private static void headers(CodedOutputStream message, AuthzAnswer answer) throws IOException {
        for (Header header : answer.headers()) {
            header(message, header);
        }
    }

    private static void header(CodedOutputStream message, Header header) throws IOException {
        message.writeByteArray(
                HEADERS,
                message(option -> {
                    option.writeByteArray(
                            OPTION_HEADER,
                            message(pair -> {
                                pair.writeString(KEY, header.name());
                                pair.writeString(VALUE, header.value());
                            }));
                    option.writeEnum(OPTION_APPEND_ACTION, OVERWRITE_IF_EXISTS_OR_ADD);
                }));
    }

    /** Envoy looks at OK or not OK; the others are for people who read its logs. */
    private static Status.Code code(AuthzAnswer answer) {
        if (answer.allowed()) {
            return Status.Code.OK;
        }
        return switch (answer.status()) {
            case 400 -> Status.Code.INVALID_ARGUMENT;
            case 401 -> Status.Code.UNAUTHENTICATED;
            case 429 -> Status.Code.RESOURCE_EXHAUSTED;
            case 503 -> Status.Code.UNAVAILABLE;
            default -> Status.Code.PERMISSION_DENIED;
        };
    }

    /** Writes the fields of one message. */
    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream message) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream message = CodedOutputStream.newInstance(bytes);
            fields.write(message);
            message.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
