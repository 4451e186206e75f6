package org.ppflow.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private static final String HERE =
            ShellLine.of("cd", Path.of("").toAbsolutePath().toString()) + " && ";

    @AfterEach
    void forget() {
        System.clearProperty(Program.PROPERTY);
    }

    @Test
    void line_beginsAsTheDocumentationDoes_whereNobodySaidHowTheProgramWasStarted() {
        assertThat(Program.line("run", "my config.yaml")).isEqualTo("bin/ppflow run 'my config.yaml'");
    }

    @Test
    void line_beginsAsTheProgramWasStarted() {
        System.setProperty(Program.PROPERTY, "../my tools/ppflow");

        assertThat(Program.line("doctor")).isEqualTo("'../my tools/ppflow' doctor");
    }

    @Test
    void lineForLater_goesToTheFolderFirst_onlyWhereThatMatters() {
        List<String> words = List.of("report", "runs/one");
        System.setProperty(Program.PROPERTY, "ppflow");
        assertThat(Program.lineForLater(words, true)).isEqualTo(HERE + "ppflow report runs/one");
        assertThat(Program.lineForLater(words, false)).isEqualTo("ppflow report runs/one");

        System.setProperty(Program.PROPERTY, "./ppflow");
        assertThat(Program.lineForLater(words, false)).isEqualTo(HERE + "./ppflow report runs/one");

        System.setProperty(Program.PROPERTY, "/opt/ppflow/bin/ppflow");
        assertThat(Program.lineForLater(words, false)).isEqualTo("/opt/ppflow/bin/ppflow report runs/one");
    }

    @Test
    void inText_replacesTheProgramWhereACommandBegins_andNoFolderOfItsName() {
        System.setProperty(Program.PROPERTY, "/opt/$1/ppflow");

        assertThat(Program.inText("'ppflow run a' or ppflow --help, not ~/.cache/ppflow x, bin/ppflow x, ppflow/app"))
                .isEqualTo("''/opt/$1/ppflow' run a' or '/opt/$1/ppflow' --help, not ~/.cache/ppflow x, bin/ppflow x,"
                        + " ppflow/app");
    }
}
