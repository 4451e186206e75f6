package org.ppflow.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFoldersTest {
    @TempDir
    private Path home;

    @Test
    void user_liesWhereJupyterLooksOnEachSystem() {
        assertThat(folders(Map.of(), "Linux").user()).isEqualTo(home.resolve(".local/share/jupyter/kernels"));
        assertThat(folders(Map.of("XDG_DATA_HOME", "/data"), "Linux").user())
                .isEqualTo(Path.of("/data/jupyter/kernels"));
        assertThat(folders(Map.of(), "Mac OS X").user()).isEqualTo(home.resolve("Library/Jupyter/kernels"));
        assertThat(folders(Map.of("JUPYTER_DATA_DIR", "/j", "XDG_DATA_HOME", "/data"), "Linux")
                        .user())
                .isEqualTo(Path.of("/j/kernels"));
    }

    /** It would be a folder below wherever the command is typed. */
    @Test
    void aVariableThatIsEmpty_isAsNone() {
        assertThat(folders(Map.of("JUPYTER_DATA_DIR", "", "XDG_DATA_HOME", ""), "Linux")
                        .user())
                .isEqualTo(home.resolve(".local/share/jupyter/kernels"));
    }

    @Test
    void installed_isTheFolderOfOurName_alsoInTheActiveEnvironment() throws IOException {
        Path environment = home.resolve("venv");
        KernelFolders folders = folders(Map.of("VIRTUAL_ENV", environment.toString()), "Linux");
        // Python's own kernel, in a folder with our name on the way to it.
        kernel(folders.user().resolve("python3"), "{\"argv\": [\"/home/me/ppflow/venv/bin/python\"]}");
        assertThat(folders.installed()).isEmpty();

        Path ours = KernelFolders.of(environment).resolve("ppflow");
        kernel(ours, "{}");
        assertThat(folders.installed()).contains(ours);
    }

    private static void kernel(Path folder, String text) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("kernel.json"), text);
    }

    private KernelFolders folders(Map<String, String> environment, String system) {
        return new KernelFolders(environment, home, system);
    }
}
