package org.ppflow.app.console;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.errors.BadInputException;

class OutputPlaceTest {
    @Test
    void aDash_isNoName_sinceElsewhereItIsStandardOutput(@TempDir Path folder) {
        assertThatThrownBy(() -> OutputPlace.requireFile("--output", Path.of("-")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("--output -: a dash; expected a name for a file", "without --output");
        assertThatThrownBy(() -> OutputPlace.requireFolder("--cache", Path.of("-")))
                .isInstanceOf(BadInputException.class)
                .hasMessage("--cache -: a dash; expected a name for a folder; ./- is one");
        assertThatCode(() -> OutputPlace.requireFile("--output", folder.resolve("-")))
                .doesNotThrowAnyException();
    }
}
