package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ppflow.nn.provenance.Code;

/** Makes what the code that runs has left look like that of other code. */
final class OtherCode {
    private OtherCode() {}

    /** Changes the hash of a room, in a checkout with changes: of one commit without, other classes are another compiler's. */
    static void makeOther(Path json) throws IOException {
        String flow = Code.current().classes().get("flow");
        String text = Files.readString(json);
        assertThat(text).contains(flow);
        Files.writeString(
                json, text.replace(flow, "0".repeat(64)).replaceAll("\"dirty\" ?: ?false", "\"dirty\" : true"));
    }
}
