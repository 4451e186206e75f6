package org.ppflow.tests.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ppflow.app.command.Ppflow;

class DocumentationTest {
    static List<MarkdownPage> pages() throws IOException {
        return MarkdownPage.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_leadToFilesAndHeadingsThatAreThere(MarkdownPage page) throws IOException {
        for (String link : page.links()) {
            if (link.startsWith("http")) {
                continue; // no test needs the network
            }
            Path target = page.target(link);
            assertThat(target).as("%s: link to %s", page, link).exists();
            if (link.contains("#")) {
                assertThat(new MarkdownPage(target, Files.readString(target)).anchors())
                        .as("%s: headings of %s", page, target)
                        .contains(link.substring(link.indexOf('#') + 1));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commands_areOnesThatTheProgramTakes(MarkdownPage page) {
        for (List<String> command : page.commands()) {
            assertThatCode(() -> Ppflow.create(silent(), silent()).parseArgs(command.toArray(String[]::new)))
                    .as("%s: bin/ppflow %s", page, String.join(" ", command))
                    .doesNotThrowAnyException();
            for (String file : MarkdownPage.files(command)) {
                // configs/mnist/records, configs/tables/… and the configs themselves.
                assertThat(Path.of("..").resolve(file)).as("%s: %s", page, file).exists();
            }
        }
    }

    /** PAPER.md promises that the classes it names are in the tree, once each. */
    @ParameterizedTest
    @MethodSource("pages")
    void classesThatTheTablesOfPaperMdName_areThere(MarkdownPage page) throws IOException {
        if (!page.file().endsWith("PAPER.md")) {
            return;
        }
        Set<String> classes = classes();
        List<String> named = page.code().stream()
                .filter(code -> code.matches("[A-Z][a-z]\\w*[a-z]\\w*"))
                .toList();

        assertThat(named)
                .hasSizeGreaterThan(40)
                .allSatisfy(
                        name -> assertThat(classes).as("classes of %s", page).contains(name));
    }

    private static Set<String> classes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".java") && !file.contains("/target/"))
                    .map(file -> file.replaceFirst(".*/", "").replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static PrintWriter silent() {
        return new PrintWriter(Writer.nullWriter());
    }
}
