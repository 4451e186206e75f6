package org.ppflow.app.command.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.Ppflow;

class CheckCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void aSoundConfig_isCalledSound_andSaidWhatItIs() throws IOException {
        Path one = write("one.yaml", "name: mine\nschedules: [sit, ppf-2]\n");
        Path many = write("many.yaml", "name: sizes\nschedules: [ppf-2]\ngrid: {seed: [0, 1, 2]}\n");

        assertThat(check(one, many)).as(err.toString()).isEqualTo(ExitCode.DONE);

        assertThat(out.toString().lines())
                .containsExactly(
                        one + ": sound, files not looked for; experiment mine, schedules sit, ppf-2",
                        many + ": sound, files not looked for; 3 experiments of sizes, schedule ppf-2");
    }

    @Test
    void aWrongConfig_isNotCalledSound_besideOneThatIs() throws IOException {
        Path sound = write("sound.yaml", "name: mine\nschedules: [sit]\n");
        Path wrong = write("wrong.yaml", "name: mine\nschedules: [sit]\nseeed: 1\n");

        assertThat(check(sound, wrong)).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(out.toString().lines())
                .containsExactly(sound + ": sound, files not looked for; experiment mine, schedule sit");
        assertThat(err.toString()).contains(wrong + ":3", "did you mean 'seed'?");
    }

    private int check(Path... files) {
        String[] words = new String[files.length + 2];
        words[0] = "config";
        words[1] = "check";
        for (int i = 0; i < files.length; i++) {
            words[i + 2] = files[i].toString();
        }
        return Ppflow.create(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(words);
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }
}
