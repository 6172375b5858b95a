package com.tokaify.ledger.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.NodeList;

/**
 * One module of the reactor, as the build has left it on disk. Which modules there are stands in
 * the parent pom alone, so that a new one cannot be forgotten here.
 */
record Room(String name) {
    private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
    private static final String SELF = "house-rules";

    /** Every module but this one. */
    static List<Room> all() throws Exception {
        NodeList modules =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(HOUSE.resolve("pom.xml").toFile())
                        .getElementsByTagName("module");
        List<Room> rooms = new ArrayList<>();
        for (int i = 0; i < modules.getLength(); i++) {
            rooms.add(new Room(modules.item(i).getTextContent().strip()));
        }
        rooms.remove(new Room(SELF));
        return rooms;
    }

    /** What the rooms ship. */
    static JavaClasses mainOf(List<Room> rooms) {
        return imported(rooms.stream().map(Room::mainClasses));
    }

    /** What tests the rooms. */
    static JavaClasses testsOf(List<Room> rooms) {
        return imported(rooms.stream().map(Room::testClasses));
    }

    static DescribedPredicate<JavaClass> in(String... names) {
        List<String> folders =
                Arrays.stream(names).map(name -> uriOf(new Room(name).folder())).toList();
        return DescribedPredicate.describe(
                "in " + String.join(", ", names),
                type ->
                        type.getSource()
                                .map(source -> source.getUri().toString())
                                .filter(uri -> folders.stream().anyMatch(uri::startsWith))
                                .isPresent());
    }

    boolean hasSources(String kind) {
        return !sources(kind).isEmpty();
    }

    /** The source files of a kind, {@code main} or {@code test}, as paths below their root. */
    List<Path> sources(String kind) {
        Path root = folder().resolve("src").resolve(kind).resolve("java");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(root::relativize)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + root, e);
        }
    }

    Path mainClasses() {
        return folder().resolve("target").resolve("classes");
    }

    Path testClasses() {
        return folder().resolve("target").resolve("test-classes");
    }

    private Path folder() {
        return HOUSE.resolve(name);
    }

    private static String uriOf(Path folder) {
        String uri = folder.toUri().toString();
        return uri.endsWith("/") ? uri : uri + "/";
    }

    private static JavaClasses imported(Stream<Path> folders) {
        return new ClassFileImporter().importPaths(folders.filter(Files::isDirectory).toList());
    }
}
