package org.ppflow.nn.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CodeTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void codeIsTheSame_whereItsClassesAre_whateverTheCommit() {
        Code released = code("1", false, Map.of("nn", "a", "flow", "b"));
        Code later = new Code(new Toolkit("2", null), Map.of("nn", "a", "flow", "b"));
        Code changed = code("1", true, Map.of("nn", "a", "flow", "c"));

        assertThat(released.sameAs(later)).isTrue();
        assertThat(released.sameAs(changed)).isFalse();
        assertThat(released.roomsOtherThanIn(changed)).containsExactly("flow");
    }

    @Test
    void roomThatOneDoesNotHave_saysNothing() {
        Code kernel = code("1", false, Map.of("nn", "a", "notebook", "n"));
        Code command = code("1", false, Map.of("nn", "a"));

        assertThat(kernel.sameAs(command)).isTrue();
        assertThat(command.sameAs(kernel)).isTrue();
    }

    @Test
    void codeOfUnknownClasses_isTheSameWhereTheCommitIs_andNothingWasChanged() {
        Code unknown = code("1", false, Map.of());

        assertThat(unknown.sameAs(code("1", false, Map.of("nn", "a")))).isTrue();
        assertThat(unknown.sameAs(code("2", false, Map.of("nn", "a")))).isFalse();
        assertThat(code("1", true, Map.of()).sameAs(code("1", true, Map.of("nn", "a"))))
                .isFalse();
        assertThat(code("1", true, Map.of()).sameAs(code("1", true, Map.of()))).isTrue();
    }

    @Test
    void theSameCommitByAnotherCompiler_isTheSameCode_unlessFilesWereChanged() {
        assertThat(code("1", false, Map.of("nn", "a")).sameAs(code("1", false, Map.of("nn", "b"))))
                .isTrue();
        assertThat(code("1", true, Map.of("nn", "a")).sameAs(code("1", true, Map.of("nn", "b"))))
                .isFalse();
    }

    @Test
    void title_namesTheCommitAndThatThereAreChanges() {
        assertThat(code("1", true, Map.of()).title()).isEqualTo("commit 0123456789ab, with changes");
        assertThat(new Code(new Toolkit("1.2", null), Map.of()).title()).isEqualTo("version 1.2");
    }

    @Test
    void json_readsBackAsItWas_alsoWithoutClasses() {
        JsonMapper json = JsonMapper.shared();
        for (Code code : new Code[] {code("1", false, Map.of("nn", "a")), code("1", false, Map.of())}) {
            assertThat(json.readValue(json.writeValueAsString(code), Code.class))
                    .isEqualTo(code);
        }
    }

    private static Code code(String version, boolean dirty, Map<String, String> classes) {
        return new Code(new Toolkit(version, new GitState(COMMIT, dirty)), classes);
    }
}
