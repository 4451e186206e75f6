package org.ppflow.nn.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class BadInputExceptionTest {
    @Test
    void message_answersTheFourQuestionsInOrder() {
        IOException cause = new IOException("underneath");

        BadInputException error = BadInputException.at("digits.idx3")
                .advice("give the image file")
                .expected("0x00000803")
                .found("magic number 0x00000801")
                .cause(cause)
                .build();

        assertThat(error)
                .hasMessage("digits.idx3: magic number 0x00000801; expected 0x00000803; give the image file")
                .hasCause(cause);
    }

    @Test
    void message_leavesOutWhatWasNotSaid() {
        assertThat(BadInputException.at("a.yaml:3").found("an unknown key").build())
                .hasMessage("a.yaml:3: an unknown key")
                .hasNoCause();
    }

    @Test
    void build_refusesAnErrorThatDoesNotSayWhatWasFound() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> BadInputException.at("a.yaml").expected("a list").build())
                .withMessageContaining("a.yaml");
    }
}
