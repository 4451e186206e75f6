package org.ppflow.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoundExtensionsTest {
    @Test
    void everyPlaceThatOffersNothing_isNamed() {
        FoundExtensions found = FoundExtensions.of("/nothing/one.jar:/nothing/two.jar");

        assertThat(found.found()).isEmpty();
        assertThat(found.problems()).hasSize(2);
        assertThat(found.summary()).contains("/nothing/one.jar: found no codec", "/nothing/two.jar: found no codec");
    }
}
