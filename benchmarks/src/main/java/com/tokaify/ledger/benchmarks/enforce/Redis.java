package com.tokaify.ledger.benchmarks.enforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.benchmarks.Infrastructure;
import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.local.ManagedProcess;
import com.tokaify.ledger.local.StopSignal;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Redis as gateways use it: a hash for each token, and a script that checks it and takes from its
 * quota in one step. Kept in memory only, which is the fastest it can be.
 */
record Redis(int port, String script) {
    private static final String NAME = "redis";
    private static final int PIPELINE = 1_000;

    /** 1 where the call is allowed, a negative number for each reason where it is not. */
    private static final String SCRIPT =
            """
            local token = redis.call('HMGET', KEYS[1], 'status', 'expires', 'remaining', 'models')
            if token[1] ~= '1' then return -1 end
            if token[2] ~= '' and tonumber(token[2]) <= tonumber(ARGV[2]) then return -2 end
            if token[4] ~= '' and not string.find(token[4], ',' .. ARGV[3] .. ',', 1, true) then return -3 end
            if token[3] ~= '' then
              if tonumber(token[3]) < tonumber(ARGV[1]) then return -4 end
              redis.call('HINCRBY', KEYS[1], 'remaining', -ARGV[1])
            end
            return 1
            """;

    /** Starts it with all tokens in it. */
    static Redis start(Path program, Infrastructure infrastructure, KnownTokens tokens)
            throws IOException, InterruptedException {
        int port = LoopbackPort.free();
        Path folder = Files.createDirectories(infrastructure.data(NAME));
        ManagedProcess process =
                infrastructure.run(
                        new ManagedProcess.Launch(
                                NAME,
                                List.of(
                                        program.toString(),
                                        "--port",
                                        Integer.toString(port),
                                        "--bind",
                                        "127.0.0.1",
                                        "--dir",
                                        folder.toString(),
                                        "--save",
                                        "",
                                        "--appendonly",
                                        "no"),
                                Map.of(),
                                StopSignal.TERMINATE));
        Rival.awaitPort(process, port);
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
                OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16)) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            fill(tokens, out, in);
            out.write(command("SCRIPT", "LOAD", SCRIPT));
            out.flush();
            line(in);
            return new Redis(port, line(in));
        }
    }

    private static void fill(KnownTokens tokens, OutputStream out, InputStream in)
            throws IOException {
        for (int token = 0; token < tokens.size(); token++) {
            out.write(
                    command(
                            "HSET",
                            key(tokens, token),
                            "status",
                            "1",
                            "expires",
                            token % 3 == 0 ? "4102444800" : "",
                            "remaining",
                            token % 2 == 0 ? "1000000000000" : "",
                            "models",
                            token % 2 == 0 ? ",gpt-4o," + KnownTokens.MODEL + "," : ""));
            if (token % PIPELINE == PIPELINE - 1 || token == tokens.size() - 1) {
                out.flush();
                for (int i = 0; i <= token % PIPELINE; i++) {
                    line(in);
                }
            }
        }
    }

    private static String key(KnownTokens tokens, int token) {
        return "token:" + tokens.secret(token);
    }

    byte[] check(KnownTokens tokens, int token) {
        return command(
                "EVALSHA", script, "1", key(tokens, token), "1", "1800000000", KnownTokens.MODEL);
    }

    /** Answers of the script that allow the call. */
    static int answer(byte[] received, int length) {
        if (length < 1 || received[length - 1] != '\n') {
            return Wire.INCOMPLETE;
        }
        String answer = new String(received, 0, length, UTF_8);
        if (!":1\r\n".equals(answer)) {
            throw new IllegalStateException("not the answer hoped for: " + answer);
        }
        return length;
    }

    private static byte[] command(String... words) {
        StringBuilder text = new StringBuilder("*").append(words.length).append("\r\n");
        for (String word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return text.toString().getBytes(UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("redis has closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        if (line.toString().startsWith("-")) {
            throw new IOException("redis answered " + line);
        }
        return line.toString();
    }
}
