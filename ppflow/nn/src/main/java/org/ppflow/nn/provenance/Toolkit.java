package org.ppflow.nn.provenance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The code that runs.
 *
 * @param version of the release, or {@code unknown} when run from class files
 * @param git the checkout it lies in, or that its distribution was built in; null if there is neither
 */
public record Toolkit(String version, @Nullable GitState git) {
    private static final String MAVEN_PROPERTIES = "/META-INF/maven/org.ppflow/ppflow-nn/pom.properties";
    /** A folder that only this project's checkout has: another project's commit would be a lie. */
    private static final Path LANDMARK = Path.of("ppflow", "nn", "pom.xml");
    /** Beside the jars of a distribution. */
    private static final String BUILD = "build.properties";

    private static final String CHANGED = "-dirty";

    /** This one, as it was when the process asked first: what is committed while it runs is not what runs. */
    public static Toolkit current() {
        return Running.TOOLKIT;
    }

    private static final class Running {
        static final Toolkit TOOLKIT = read();
    }

    private static Toolkit read() {
        Optional<Path> location = location();
        GitState git = location.flatMap(Toolkit::builtFrom)
                .or(() -> location.flatMap(GitState::checkout)
                        .filter(root -> Files.exists(root.resolve(LANDMARK)))
                        .flatMap(GitState::of))
                .orElse(null);
        return new Toolkit(releaseVersion(), git);
    }

    /** The commit that a distribution was built from, as the file beside its jars says; empty without such a file, or where its build knew of none. */
    static Optional<GitState> builtFrom(Path jar) {
        Path file = jar.resolveSibling(BUILD);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Properties build = new Properties();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            build.load(in);
            String description = build.getProperty("description", "");
            return Optional.of(new GitState(build.getProperty("commit", ""), description.endsWith(CHANGED)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // damaged, or built without git: that must not stop a run
        }
    }

    /** When the code was built, as its file says; {@code unknown} where there is none. */
    public static String builtAt() {
        try {
            return location().isPresent()
                    ? Files.getLastModifiedTime(location().get()).toInstant().toString()
                    : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String releaseVersion() {
        try (InputStream in = Toolkit.class.getResourceAsStream(MAVEN_PROPERTIES)) {
            if (in != null) {
                Properties properties = new Properties();
                properties.load(in);
                return properties.getProperty("version", "unknown");
            }
        } catch (IOException e) {
            return "unknown";
        }
        return "unknown";
    }

    /** The jar or class folder that this code was loaded from. */
    private static Optional<Path> location() {
        CodeSource source = Toolkit.class.getProtectionDomain().getCodeSource();
        URL url = source == null ? null : source.getLocation();
        try {
            return url == null ? Optional.empty() : Optional.of(Path.of(url.toURI()));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty();
        }
    }
}
