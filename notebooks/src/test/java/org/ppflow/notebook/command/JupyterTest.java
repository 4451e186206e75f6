package org.ppflow.notebook.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.command.KernelFolders;
import org.ppflow.nn.errors.BadInputException;

class JupyterTest {
    @TempDir
    private Path folder;

    @Test
    void pythons_beginWithTheOneThatJupyterRunsOn() throws IOException {
        Path python = script("lib/python3.11", "#!/bin/sh\n");
        script("bin/jupyter", "#!" + python + "\n");
        Path other = script("bin/python3", "#!/bin/sh\n");

        assertThat(jupyter(Map.of("PATH", folder.resolve("bin").toString())).pythons())
                .containsExactly(python, other);
    }

    @Test
    void executor_saysHowToGetJupyterWhereThereIsNone() throws IOException {
        Path python = script("bin/python3", "#!/bin/sh\nexit 1\n");

        assertThatThrownBy(() -> jupyter(Map.of("PATH", folder.resolve("bin").toString()))
                        .executor(Optional.empty()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no nbclient in [" + python + "]")
                .hasMessageContaining("pip install jupyterlab");
    }

    private Jupyter jupyter(Map<String, String> environment) {
        return new Jupyter(environment, new KernelFolders(environment, folder, "Linux"));
    }

    private Path script(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}
