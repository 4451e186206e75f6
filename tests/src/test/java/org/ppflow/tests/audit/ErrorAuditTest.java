package org.ppflow.tests.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.command.ExitCode;
import org.ppflow.tests.audit.AuditRun.Audited;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Every command with every argument made wrong in turn. The committed table {@code error-audit.tsv} has line, exit code and message of each; it is written anew by
 *
 * <pre>mvn test -pl tests -am -Dtest=ErrorAuditTest -Dppflow.audit.write=true</pre>
 *
 * and then read: a message says where, what was found, what was expected and what to do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorAuditTest {
    private static final Path TABLE = Path.of("src/test/resources/error-audit.tsv");
    private static final String FULL = "a full disk";

    /** What a table's file has wrong inside: the message names the place in it. */
    private static final Set<String> IN_A_FILE = Set.of("an unknown metric", "a config that is not there");

    /** A word of lists and of JSON, where a comma or a quote follows; elsewhere a value that the program does not have. */
    private static final Pattern NULL = Pattern.compile("\\bnull\\b(?![,'])");

    /** What evaluate keeps is whole or not there, and of use to the next evaluation: the preflight of right pictures, say. */
    private static final String CACHE = "@cache";

    /** A busy machine is slow; an experiment that starts in spite of a mistake takes longer than this. */
    private static final double PATIENCE_SECONDS = 30;

    private final List<String> unknown = new ArrayList<>();
    private final List<Audited> audited = new ArrayList<>();
    private final List<String> leftHere = new ArrayList<>();

    @BeforeAll
    void runAll(@TempDir Path temporary) throws IOException {
        Path project = Path.of("..").toAbsolutePath().normalize();
        System.setProperty("ppflow.home", project.toString());
        AuditRun run = new AuditRun(AuditFolder.make(temporary.toRealPath()), project);
        List<String> before = here();
        Map<String, String> content = run.folder().content();
        for (CommandSpec command : CommandTree.all()) {
            for (AuditCase one : AuditCase.of(command, unknown)) {
                Audited row = run.run(one, content);
                content = row.content();
                audited.add(row);
            }
        }
        leftHere.addAll(here());
        leftHere.removeAll(before);
        if (Boolean.getBoolean("ppflow.audit.write")) {
            Files.write(
                    TABLE,
                    Stream.concat(Stream.of(AuditRow.HEADING), rows().map(AuditRow::line))
                            .toList());
        }
    }

    @Test
    void everyArgumentOfEveryCommand_isAudited() {
        assertThat(unknown)
                .as("commands and arguments that AuditedCommands has no line or kind for")
                .isEmpty();
    }

    @Test
    void everyRow_isAsTheCommittedTableSays() throws IOException {
        assertThat(Files.readAllLines(TABLE).stream().skip(1).collect(Collectors.joining("\n")))
                .as("error-audit.tsv; -Dppflow.audit.write=true writes it anew")
                .isEqualTo(rows().map(AuditRow::line).collect(Collectors.joining("\n")));
    }

    @Test
    void badInput_endsWithTwoAndAFullDiskWithOne() {
        assertThat(rows().filter(row -> row.code() != (row.wrong().equals(FULL) ? ExitCode.FAILED : ExitCode.BAD_INPUT))
                        .map(AuditRow::line))
                .isEmpty();
    }

    @Test
    void everyMessage_saysWhatWasExpectedAndWhatToDo() {
        assertThat(rows().filter(row -> !row.wrong().equals(FULL))
                        .filter(row -> !row.message().contains("expected")
                                && !row.message().contains("must")
                                && !row.message().contains("did you mean"))
                        .map(AuditRow::line))
                .isEmpty();
    }

    @Test
    void everyMessage_namesTheArgumentOrItsValue() {
        assertThat(rows().filter(row -> !namesIt(row)).map(AuditRow::line)).isEmpty();
    }

    @Test
    void noMessage_showsTheInsideOfTheProgram() {
        assertThat(audited.stream()
                        .filter(one -> one.outcome().err().contains("Exception")
                                || one.outcome().err().contains("\tat ")
                                || NULL.matcher(one.outcome().err()).find()
                                || one.outcome().err().contains("input string")
                                || one.outcome().err().contains("org.ppflow"))
                        .map(one -> one.row().line()))
                .isEmpty();
    }

    @Test
    void nothingHalfWritten_isLeft() {
        assertThat(audited.stream()
                        .filter(one -> one.left().stream().anyMatch(file -> !file.startsWith(CACHE)))
                        .map(one -> one.row().typed() + " left " + one.left()))
                .isEmpty();
        assertThat(leftHere).as("in the working folder of the process").isEmpty();
    }

    @Test
    void badInput_isRefusedBeforeAnythingSlowStarts() {
        assertThat(audited.stream()
                        .filter(one -> one.seconds() > PATIENCE_SECONDS)
                        .map(one -> one.row().typed() + " took " + one.seconds() + " s"))
                .isEmpty();
    }

    private Stream<AuditRow> rows() {
        return audited.stream().map(Audited::row);
    }

    private static boolean namesIt(AuditRow row) {
        if (IN_A_FILE.contains(row.wrong())) {
            return row.message().contains("config") || row.message().contains("block");
        }
        String last = row.typed().substring(row.typed().lastIndexOf(' ') + 1).replace("@", "");
        String value = last.substring(last.indexOf('=') + 1);
        return List.of(row.argument().replaceFirst("^-+", "").split("-")).stream()
                        .allMatch(row.message()::contains)
                || (!value.isEmpty() && row.message().contains(value))
                || CommandTree.words(row.typed()).stream()
                        .anyMatch(word ->
                                word.contains("@") && row.message().contains(word.substring(word.indexOf('@') + 1)));
    }

    private static List<String> here() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(""))) {
            return entries.map(Path::toString).sorted().toList();
        }
    }
}
