package org.ppflow.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.DataConfig;
import org.ppflow.app.config.Defaults;

class StageJsonTest {
    /** The hash that version a6d8434 gave, before {@code data.mirror} was a key: its runs go on. */
    @Test
    void hashOfUsualData_isAsBeforeThereWasAKeyForMirrors() {
        assertThat(StageJson.hash(Defaults.DATA))
                .isEqualTo("6303030a9fc97c0353319e8a89ef9f944b3f1bb2e92f269a69ace9bf843bbf32");
    }

    @Test
    void hash_tellsPicturesWithoutMirrorsFromThoseWith() {
        assertThat(StageJson.hash(pictures("false"))).isNotEqualTo(StageJson.hash(pictures("true")));
    }

    private static DataConfig pictures(String mirror) {
        return ConfigReader.parse(
                        "test",
                        "{name: a, schedules: [sit], data: {source: 'pictures:x', classes: 2, mirror: " + mirror + "}}",
                        List.of())
                .data();
    }
}
