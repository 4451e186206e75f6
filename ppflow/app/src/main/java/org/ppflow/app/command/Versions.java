package org.ppflow.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ppflow.nn.provenance.GitState;
import org.ppflow.nn.provenance.Machine;
import org.ppflow.nn.provenance.Toolkit;
import picocli.CommandLine;

/** What {@code --version} says: program and commit, then what it computes with. Nothing native is loaded. */
final class Versions implements CommandLine.IVersionProvider {
    private static final Pattern NATIVES = Pattern.compile("tensorflow-core-native-[0-9.]+-([a-z0-9_-]+)\\.jar");
    private static final int SHORT_COMMIT = 12;

    private record Library(String title, String group, String artifact) {}

    /** Those that make the numbers, and Arrow, which makes the files. */
    private static final List<Library> LIBRARIES = List.of(
            new Library("TensorFlow Java", "org.tensorflow", "tensorflow-core-api"),
            new Library("OpenBLAS (bytedeco)", "org.bytedeco", "openblas"),
            new Library("Arrow", "org.apache.arrow", "arrow-vector"));

    @Override
    public String[] getVersion() {
        return new String[] {toolkit(), libraries(), "Java " + Machine.current().java()};
    }

    /** {@code ppflow 0.1.0 (commit 0123456789ab, with changes)}. */
    static String toolkit() {
        Toolkit toolkit = Toolkit.current();
        GitState git = toolkit.git();
        String commit =
                git == null ? "commit unknown" : "commit " + git.commit().substring(0, SHORT_COMMIT);
        boolean changed = git != null && Boolean.TRUE.equals(git.dirty());
        return "ppflow " + toolkit.version() + " (" + commit + (changed ? ", with changes)" : ")");
    }

    /** {@code TensorFlow Java 1.1.0 with natives for linux-x86_64, …}. */
    static String libraries() {
        StringBuilder text = new StringBuilder();
        for (Library library : LIBRARIES) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(library.title())
                    .append(' ')
                    .append(version(library));
            if (library.artifact().startsWith("tensorflow")) {
                natives()
                        .ifPresent(platform -> text.append(" with natives for ").append(platform));
            }
        }
        return text.toString();
    }

    /** The platform whose natives are on the class path, {@code linux-x86_64}; empty where the jar has another name. */
    static Optional<String> natives() {
        Matcher jar = NATIVES.matcher(System.getProperty("java.class.path", ""));
        return jar.find() ? Optional.of(jar.group(1)) : Optional.empty();
    }

    /** As Maven wrote it into the library's jar. */
    private static String version(Library library) {
        String file = "/META-INF/maven/" + library.group() + "/" + library.artifact() + "/pom.properties";
        try (InputStream in = Versions.class.getResourceAsStream(file)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "of unknown version");
        } catch (IOException e) {
            return "of unknown version";
        }
    }
}
