package org.ppflow.app.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LoadJsonTest {
    @Test
    void shareIsReadAsItWasPut_alsoWhereNobodyKnowsIt() {
        assertThat(LoadJson.share(LoadJson.put(object(), OptionalDouble.of(0.25))))
                .hasValue(0.25);
        ObjectNode unknown = LoadJson.put(object(), OptionalDouble.empty());
        assertThat(unknown.get("used_by_others").isNull()).isTrue();
        assertThat(LoadJson.share(unknown)).isEmpty();
    }

    @Test
    void fileOfAVersionThatDidNotWatch_saysNothing() {
        assertThat(LoadJson.share(object().put("images_per_s", 3))).isEmpty();
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
