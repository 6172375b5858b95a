package com.tokaify.ledger.console.page;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What commands answer, and what they make of a token. */
final class PlayedCommands {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PlayedCommands() {}

    static Answer onToken(String what, Asked asked, ObjectNode token, String position) {
        String id = token.path("tokenId").asString();
        return switch (what) {
            case "enable" -> {
                token.put("status", "enabled").putNull("disabledReason");
                yield Answer.committed(
                        200,
                        JSON.objectNode()
                                .put("tokenId", id)
                                .put("enabled", true)
                                .putNull("stillRefused"),
                        position);
            }
            case "disable" -> {
                token.put("status", "disabled");
                yield Answer.committed(
                        200, JSON.objectNode().put("tokenId", id).put("enabled", false), position);
            }
            case "DELETE" ->
                    Answer.committed(
                            200,
                            JSON.objectNode().put("tokenId", id).put("deleted", true),
                            position);
            case "PATCH" -> {
                asked.json()
                        .propertyStream()
                        .forEach(field -> token.set(field.getKey(), field.getValue()));
                yield Answer.committed(200, settings(token), position);
            }
            case "reveal" ->
                    Answer.committed(
                            200,
                            JSON.objectNode()
                                    .put("tokenId", id)
                                    .put("secret", secret(token))
                                    .put("connectionString", connection(token))
                                    .put(
                                            "curl",
                                            "curl -H 'Authorization: Bearer "
                                                    + secret(token)
                                                    + "'"),
                            position);
            case "rotate" ->
                    Answer.committed(200, newSecret(token).putNull("previousValidUntil"), position);
            default -> Answer.problem(404, "NOT_FOUND", "There is no " + asked.name());
        };
    }

    /** What belongs to no token. */
    static Answer beside(Asked asked, String[] steps, String position) {
        ObjectNode body = JSON.objectNode();
        return switch (steps[2] + (steps.length > 4 ? " " + steps[4] : "")) {
            case "accounts" ->
                    Answer.committed(
                            201,
                            body.put("accountId", PlayedLedger.ACCOUNT)
                                    .put("name", asked.json().path("name").asString()),
                            position);
            case "accounts credits" ->
                    Answer.committed(
                            201,
                            body.put("accountId", steps[3])
                                    .put("amount", asked.json().path("amount").asLong())
                                    .put("reference", asked.json().path("reference").asString()),
                            position);
            case "groups" ->
                    Answer.committed(
                            200,
                            body.put("name", steps[3])
                                    .put(
                                            "displayName",
                                            asked.json().path("displayName").asString()),
                            position);
            case "models" ->
                    Answer.committed(
                            200,
                            body.put("model", steps[3]).put("listed", asked.method().equals("PUT")),
                            position);
            case "catalog" ->
                    Answer.committed(
                            200,
                            body.put("closed", asked.json().path("closed").asBoolean()),
                            position);
            default -> Answer.problem(404, "NOT_FOUND", "There is no " + asked.name());
        };
    }

    /** A new secret, shown. */
    static Answer shown(int status, ObjectNode token, String position) {
        return Answer.committed(status, newSecret(token), position);
    }

    private static ObjectNode newSecret(ObjectNode token) {
        return JSON.objectNode()
                .put("tokenId", token.path("tokenId").asString())
                .put("secret", secret(token))
                .put("mask", token.path("mask").asString())
                .put("connectionString", connection(token));
    }

    private static String secret(ObjectNode token) {
        return PlayedLedger.SECRET_START
                + token.path("tokenId").asString().substring(4)
                + "abcdefghijklm";
    }

    private static String connection(ObjectNode token) {
        return "{\"_type\":\"newapi_channel_conn\",\"key\":\""
                + secret(token)
                + "\",\"url\":\"https://api.tokaify.com\"}";
    }

    private static ObjectNode settings(ObjectNode token) {
        ObjectNode settings = JSON.objectNode();
        for (String field :
                new String[] {
                    "tokenId",
                    "name",
                    "group",
                    "quotaLimit",
                    "models",
                    "ipAllowlist",
                    "expiresAt",
                    "quotaPeriod",
                    "modelQuotas",
                    "rateLimits"
                }) {
            settings.set(field, token.path(field));
        }
        return settings;
    }
}
