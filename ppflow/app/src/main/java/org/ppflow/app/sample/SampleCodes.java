package org.ppflow.app.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.CodeDifference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The states of the code that samples follow from, as the record beside them says.
 *
 * @param codes in the order of work; empty where a version kept none
 */
public record SampleCodes(List<Code> codes) {
    private static final String KEY = "codes";

    public SampleCodes {
        codes = List.copyOf(codes);
    }

    /** The code that draws now. */
    public static Code current() {
        return Code.current().withoutScores();
    }

    /** Of a record; what cannot be read there is not known. */
    public static SampleCodes of(JsonNode record) {
        List<Code> codes = new ArrayList<>();
        try {
            for (JsonNode code : record.path(KEY)) {
                codes.add(JsonMapper.shared().treeToValue(code, Code.class));
            }
        } catch (JacksonException | NullPointerException e) { // changed by hand
            return new SampleCodes(List.of());
        }
        return new SampleCodes(codes);
    }

    void putInto(ObjectNode record) {
        record.set(KEY, JsonMapper.shared().valueToTree(codes));
    }

    /** {@code begun by the code of …, gone on with by that of …; the samples follow from both}; empty where one has drawn all. */
    public Optional<String> mixed() {
        return new CodeDifference(codes).text().map(text -> text + "; the samples follow from both");
    }

    /** {@code drawn by the code of …, and this is that of …}; empty where that is the one that has drawn the last of them, or nobody knows. */
    public Optional<String> otherThan(Code now) {
        return new CodeDifference(codes).lastOtherThan(now).map(other -> "drawn " + other);
    }
}
