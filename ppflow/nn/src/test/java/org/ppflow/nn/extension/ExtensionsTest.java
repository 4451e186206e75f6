package org.ppflow.nn.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.ContentHash;

class ExtensionsTest {
    @TempDir
    private Path folder;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    /** What extensions of this test implement. */
    public interface Colour {
        List<String> names();
    }

    /** One that is fine. */
    public static final class Warm implements Colour {
        @Override
        public List<String> names() {
            return List.of("red", "orange");
        }
    }

    /** One with a name of another. */
    public static final class Sunset implements Colour {
        @Override
        public List<String> names() {
            return List.of("orange");
        }
    }

    /** One with a name that is built in. */
    public static final class Grey implements Colour {
        @Override
        public List<String> names() {
            return List.of("grey");
        }
    }

    /** One with a name that no config can have. */
    public static final class Spaced implements Colour {
        @Override
        public List<String> names() {
            return List.of("light blue");
        }
    }

    /** One that fails when it is asked. */
    public static final class Failing implements Colour {
        @Override
        public List<String> names() {
            throw new IllegalStateException("no ink");
        }
    }

    /** One that cannot be made. */
    public static final class Demanding implements Colour {
        Demanding(String name) {
            assertThat(name).isNotEmpty();
        }

        @Override
        public List<String> names() {
            return List.of("demanding");
        }
    }

    @AfterEach
    void putLoaderBack() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void nothingOnTheClassPath_isNoExtension() throws IOException {
        Extensions<Colour> none = found();

        assertThat(none.names()).isEmpty();
        assertThat(none.named("red")).isEmpty();
        assertThat(none.origin("red")).isEmpty();
    }

    @Test
    void anExtension_isFoundByItsNames_withPlaceAndHash() throws Exception {
        Extensions<Colour> colours = found(Warm.class);

        assertThat(colours.names()).containsExactly("red", "orange");
        assertThat(colours.named("orange")).get().isInstanceOf(Warm.class);
        Path classes = Path.of(
                Warm.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        assertThat(colours.origin("red"))
                .contains(new Extension("colour", "red", classes.toString(), ContentHash.of(classes)));
    }

    @Test
    void eachAsk_givesAnother_sinceItsUserMayCloseIt() throws IOException {
        Extensions<Colour> colours = found(Warm.class);

        assertThat(colours.named("red")).get().isNotSameAs(colours.named("red").orElseThrow());
    }

    @Test
    void aNameThatIsTaken_isRefusedWithBothOwners() throws IOException {
        assertRefused(found(Warm.class, Sunset.class), "Sunset", "'orange'", "Warm");
        assertRefused(found(Grey.class), "Grey", "'grey', which is the toolkit's own");
    }

    @Test
    void aNameThatCannotBeWritten_isRefused() throws IOException {
        assertRefused(found(Spaced.class), "Spaced", "'light blue'", "letters, digits");
    }

    @Test
    void aClassThatDoesNotLoad_isRefusedWithItsName() throws IOException {
        assertRefused(found(Failing.class), "Failing", "no ink", Extensions.VARIABLE);
        assertRefused(found(Demanding.class), "Demanding", "public constructor without parameters");
        assertRefused(foundNamed("org.example.Absent"), "org.example.Absent", "does not load");
    }

    private static void assertRefused(Extensions<Colour> colours, String... words) {
        assertThatThrownBy(colours::names).isInstanceOf(BadInputException.class).hasMessageContainingAll(words);
    }

    private Extensions<Colour> found(Class<?>... classes) throws IOException {
        return foundNamed(java.util.Arrays.stream(classes).map(Class::getName).toArray(String[]::new));
    }

    /** What a class path has that names some classes. */
    private Extensions<Colour> foundNamed(String... classes) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(services.resolve(Colour.class.getName()), List.of(classes));
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {folder.toUri().toURL()}, before));
        return new Extensions<>(Colour.class, "colour", Colour::names, List.of("grey"));
    }
}
