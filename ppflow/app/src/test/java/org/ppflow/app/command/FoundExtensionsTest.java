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

    @Test
    void anUnknownName_isExplainedByAPlaceThatOffersNothing() {
        FoundExtensions found = FoundExtensions.of("/nothing/one.jar");

        assertThat(found.remarkOn("solver 'ab2': no solver of this name; expected one of euler, heun"))
                .hasValueSatisfying(remark -> assertThat(remark)
                        .startsWith("PPFLOW_EXTENSIONS: /nothing/one.jar: found no codec, solver or schedule")
                        .contains("META-INF/services", "doctor"));
        assertThat(found.remarkOn("mine.yaml:3: sampling.solver: found 'ab2'")).isPresent();
    }

    @Test
    void aMistakeThatNoExtensionMends_isLeftAlone() {
        assertThat(FoundExtensions.of("/nothing/one.jar").remarkOn("--count 0: too small"))
                .isEmpty();
        assertThat(FoundExtensions.of("").remarkOn("solver 'ab2': no solver of this name"))
                .isEmpty();
    }
}
