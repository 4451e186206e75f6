package org.ppflow.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.experiment.ExperimentRunner;
import org.ppflow.app.experiment.RunOptions;
import org.ppflow.nn.errors.BadInputException;

class PpflowTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private @Nullable ExperimentConfig config;
    private @Nullable RunOptions options;

    @Test
    void quickstart_runsThePackagedConfigUnderItsOptions() {
        int code = execute(
                recording(),
                "quickstart",
                "--set",
                "model.depth=2",
                "--threads",
                "1",
                "--runs",
                "elsewhere",
                "--dry-run",
                "--json",
                "-");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(config.name()).isEqualTo("quickstart");
        assertThat(config.model().depth()).isEqualTo(2);
        assertThat(config.runtime().threads()).isEqualTo(1);
        assertThat(options.runs()).isEqualTo(Path.of("elsewhere"));
        assertThat(options.dryRun()).isTrue();
        assertThat(options.jsonOnStandardOutput()).isTrue();
        assertThat(options.commandLine()).startsWith("bin/ppflow", "quickstart", "--set", "model.depth=2");
    }

    @Test
    void run_ofTheQuickstartFileIsTheQuickstart() {
        execute(recording(), "quickstart");
        ExperimentConfig quickstart = config;

        int code = execute(recording(), "run", "../../configs/quickstart.yaml");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(config).isEqualTo(quickstart);
        assertThat(options.runs()).isEqualTo(Path.of("runs"));
        assertThat(options.json()).isNull();
    }

    @Test
    void badInput_endsWithTwoAndTheMessageAlone() {
        int code = execute(recording(), "run", "none.yaml");

        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().strip())
                .isEqualTo("ppflow: none.yaml: found no file; expected a config in YAML; see configs/ for some");
    }

    @Test
    void aFailure_endsWithOneAndAHint() {
        int code = execute(failing(new IllegalStateException("it broke\nin two")), "quickstart");

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().lines())
                .containsExactly("ppflow: IllegalStateException: it broke", "ppflow: --debug shows the stack trace");
    }

    @Test
    void anErrorOfTheVirtualMachine_isAFailureToo() {
        int code = execute((given, with) -> throwError(new UnsatisfiedLinkError("no natives")), "quickstart");

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).startsWith("ppflow: UnsatisfiedLinkError: no natives");
    }

    @Test
    void aClassThatCannotBeReadAnyMore_isToldWithWhatToDo() {
        int code = execute((given, with) -> throwError(new NoClassDefFoundError("org/ppflow/x/Y")), "quickstart");

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .startsWith(
                        "ppflow: NoClassDefFoundError: org/ppflow/x/Y; a file of the toolkit was changed or taken away"
                                + " while this ran; start the same command again");
    }

    @Test
    void debug_showsTheStackTraceWhereverItIsWritten() {
        int code = execute(failing(BadInputException.at("x").found("y").build()), "quickstart", "--debug");

        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("ppflow: x: y").contains("\tat org.ppflow");
    }

    @Test
    void aMistypedCommandOrOption_endsWithTwoAndTheNearest() {
        assertThat(execute(recording(), "quikstart")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString())
                .contains("quikstart: no command of 'bin/ppflow'")
                .contains("did you mean 'quickstart'?");

        assertThat(execute(recording(), "quickstart", "--dry-rum")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("did you mean '--dry-run'?").contains("bin/ppflow quickstart --help");

        assertThat(execute(recording(), "run", "--recrds", "x")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("--recrds: no option of").contains("did you mean '--records'?");

        assertThat(execute(recording(), "quickstart", "--threads", "two")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute(recording(), "run")).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void everyCommand_hasHelpWithAnExample() {
        StringWriter text = new StringWriter();
        var line = Ppflow.create(new PrintWriter(text), new PrintWriter(err));

        assertThat(line.getSubcommands().keySet()).contains("quickstart", "run", "doctor");
        for (String command : line.getSubcommands().keySet()) {
            text.getBuffer().setLength(0);
            int code =
                    Ppflow.create(new PrintWriter(text), new PrintWriter(err)).execute(command, "--help");
            assertThat(code).isEqualTo(ExitCode.DONE);
            assertThat(text.toString()).contains("Example: bin/ppflow " + command);
        }
    }

    @Test
    void version_saysVersionAndCommit() {
        assertThat(execute(recording(), "--version")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString().lines()).hasSize(3);
        assertThat(out.toString())
                .matches("(?s)ppflow \\S+ \\(commit .*\\)\\R.*")
                .containsPattern(
                        "TensorFlow Java \\d+\\.\\d+\\.\\d+ with natives for \\S+, OpenBLAS \\(bytedeco\\) \\d.*, Arrow \\d+")
                .contains("Java " + System.getProperty("java.version"));
    }

    @Test
    void withoutACommand_helpIsShown() {
        assertThat(execute(recording())).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("quickstart").contains("Exit codes: 0 done, 1 failed, 2 bad input.");
    }

    @Test
    void doctor_saysWhatThereIs(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("doctor.json");

        int code =
                Ppflow.create(new PrintWriter(out), new PrintWriter(err)).execute("doctor", "--json", json.toString());

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("natives load").contains("core(s)").contains("GiB free here");
        assertThat(Files.readString(json)).contains("\"free_disk_bytes\"").contains("CPU:0");
    }

    @Test
    void instructionSets_areReadFromBothKindsOfCpuinfo(@TempDir Path folder) throws IOException {
        Path x86 = Files.writeString(folder.resolve("x86"), "processor\t: 0\nflags\t\t: fpu avx2 avx sse amx_bf16\n");
        Path arm = Files.writeString(folder.resolve("arm"), "processor\t: 0\nFeatures\t: fp asimd bf16\n");

        assertThat(Diagnosis.instructionSets(x86)).containsExactly("amx_bf16", "avx", "avx2");
        assertThat(Diagnosis.instructionSets(arm)).containsExactly("asimd", "bf16");
        assertThat(Diagnosis.instructionSets(folder.resolve("none"))).isEmpty();
    }

    private int execute(ExperimentRunner runner, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Ppflow.create(
                        List.of(new QuickstartCommand(() -> runner), new RunCommand(() -> runner)),
                        new PrintWriter(out),
                        new PrintWriter(err))
                .execute(arguments);
    }

    private ExperimentRunner recording() {
        return (given, with) -> {
            config = given;
            options = with;
        };
    }

    private static void throwError(Error error) {
        throw error;
    }

    private static ExperimentRunner failing(RuntimeException failure) {
        return (given, with) -> {
            throw failure;
        };
    }
}
