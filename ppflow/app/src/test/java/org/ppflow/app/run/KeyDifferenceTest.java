package org.ppflow.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeyDifferenceTest {
    @Test
    void linesAreSorted_andAKeyThatOneLacksIsNothing() {
        assertThat(KeyDifference.between(
                        json("{'b': 1, 'a': {'x': 2}, 'same': [1]}"), json("{'a': {'x': 3}, 'same': [1]}"), Set.of()))
                .containsExactly("a.x: 2 before, 3 now", "b: 1 before, nothing now");
    }

    @Test
    void ignoredKey_isIgnoredWithAllBelowIt_andNoOtherThatBeginsAlike() {
        assertThat(KeyDifference.between(
                        json("{'report': {'steps': 1}, 'reports': 1}"),
                        json("{'report': {'steps': 2}, 'reports': 2}"),
                        Set.of("report")))
                .containsExactly("reports: 1 before, 2 now");
    }

    @Test
    void hash_isShortened() {
        String hash = "0123456789ab".repeat(6).substring(0, 64);
        assertThat(KeyDifference.between(json("{'data': '" + hash + "'}"), json("{}"), Set.of()))
                .containsExactly("data: 0123456789ab… before, nothing now");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
