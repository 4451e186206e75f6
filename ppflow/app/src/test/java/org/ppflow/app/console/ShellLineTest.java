package org.ppflow.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellLineTest {
    @Test
    void aShellSplitsALineIntoTheSameWords() {
        assertThat(ShellLine.of("bin/ppflow", "run", "--cells", "PPF-2 7M", "it's"))
                .isEqualTo("bin/ppflow run --cells 'PPF-2 7M' 'it'\\''s'");
    }
}
