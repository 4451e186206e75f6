package org.ppflow.app.comparison;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ppflow.app.record.Records;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DataAgreementTest extends TableFiles {
    @Test
    void latents_countByTheirFoldersName_whereverItLies() throws IOException {
        DataAgreement data = new DataAgreement();
        data.require(of("latents:/a/imagenet", "1"));
        data.require(of("latents:/b/imagenet", "1"));
        data.require(of("latents:/b/other", "2"));
        assertThatThrownBy(() -> data.require(of("latents:/c/imagenet/", "3")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("latents:/c/imagenet:");
    }

    /** A record whose file is named after its source. */
    private static Records.Known of(String source, String data) {
        ObjectNode config = JsonMapper.shared().createObjectNode();
        config.putObject("data").put("source", source);
        return new Records.Known(
                Path.of(source), record("", Map.of(), "sit", "", config, null, 1, data.repeat(64)), "");
    }
}
